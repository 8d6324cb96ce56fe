import { LinuxError } from '@ridgeline/linux';
import { BpfObjectError } from './bpf-object-error.ts';
import type { AttachedProgram, ProgramSet } from './load-programs.ts';

/** One way to learn something from the kernel: programs that attach together or not at all. */
export interface Rung {
  readonly name: string;
  readonly programs: readonly string[];
}

/** Ways to learn one thing, best first, and what it costs the map when a worse one is used. */
export interface Chain {
  readonly name: ChainName;
  readonly rungs: readonly Rung[];
  /** By rung, and for `none`: what the map loses by it; nothing for the rungs left out. */
  readonly costs: Readonly<Record<string, string>>;
}

export type ChainName = 'state' | 'accept' | 'snapshot' | 'udp';

/** A rung that was not used, and why. */
export interface Refusal {
  readonly rung: string;
  readonly reason: string;
  readonly fix?: string;
  /** The kernel's own words, where it gave any. */
  readonly kernelLog?: string;
}

/** What came of a chain. */
export interface ChainChoice {
  readonly chain: ChainName;
  /** Name of the rung in use, or `none`. */
  readonly chosen: string;
  /** Better rungs that were refused, in order. */
  readonly refusals: readonly Refusal[];
  /** What the choice costs the map; left out when it costs nothing. */
  readonly cost?: string;
}

/** The chains of issue 5. */
export const CHAINS: readonly Chain[] = [
  {
    name: 'state',
    rungs: [
      { name: 'tp_btf', programs: ['state_btf'] },
      { name: 'raw_tp', programs: ['state_raw'] },
    ],
    costs: { none: 'connections are found by scanning /proc: those shorter than a scan are not seen' },
  },
  {
    name: 'accept',
    rungs: [
      { name: 'fexit', programs: ['accept_fexit'] },
      { name: 'kretprobe', programs: ['accept_return'] },
      { name: 'sys_exit_accept', programs: ['accept_call4', 'accept_call'] },
    ],
    costs: {
      // The tracing of system calls is switched on for all of them at once (docs/cost.md).
      sys_exit_accept:
        'the process of a connection accepted through io_uring is known only when it closes, and each system call of the machine takes some 25 ns longer',
      none: 'the process of an accepted connection is known only when it closes, or at the next snapshot',
    },
  },
  {
    name: 'snapshot',
    rungs: [{ name: 'task_file', programs: ['snapshot', 'sockets'] }],
    costs: { none: 'connections that were open before the start are found by scanning /proc' },
  },
  {
    name: 'udp',
    // Runs at every send of every socket, so it is attached only when it is asked for: docs/decisions has the measure.
    rungs: [{ name: 'sock_send_length', programs: ['send_btf'] }],
    costs: { none: 'UDP peers are seen when a snapshot meets their connected socket' },
  },
];

/**
 * Attaches the first rung that the kernel allows. A refusal is kept with its reason and never worked around.
 *
 * @param avoid - rungs to leave out, as `chain/rung`: each is kept as a refusal too
 */
export function attachChain(
  programs: ProgramSet,
  chain: Chain,
  avoid: ReadonlySet<string>,
): { readonly choice: ChainChoice; readonly attached: readonly AttachedProgram[] } {
  const refusals: Refusal[] = [];
  for (const rung of chain.rungs) {
    if (avoid.has(`${chain.name}/${rung.name}`)) {
      refusals.push({ rung: rung.name, reason: 'left out by an option' });
      continue;
    }
    const attempt = attachRung(programs, rung);
    if ('refusal' in attempt) refusals.push(attempt.refusal);
    else return { choice: choiceOf(chain, rung.name, refusals), attached: attempt.attached };
  }
  return { choice: choiceOf(chain, 'none', refusals), attached: [] };
}

function attachRung(
  programs: ProgramSet,
  rung: Rung,
): { readonly attached: readonly AttachedProgram[] } | { readonly refusal: Refusal } {
  const attached: AttachedProgram[] = [];
  for (const name of rung.programs) {
    try {
      attached.push(programs.attach(name));
    } catch (error) {
      for (const program of attached) programs.detach(program);
      return { refusal: refusalOf(rung, error) };
    }
  }
  return { attached };
}

function refusalOf(rung: Rung, error: unknown): Refusal {
  if (error instanceof LinuxError) {
    return {
      rung: rung.name,
      reason: error.message,
      ...(error.fix === undefined ? {} : { fix: error.fix }),
      ...(error.facts.kernelLog === undefined ? {} : { kernelLog: error.facts.kernelLog }),
    };
  }
  if (error instanceof BpfObjectError) return { rung: rung.name, reason: error.message };
  throw error;
}

function choiceOf(chain: Chain, chosen: string, refusals: readonly Refusal[]): ChainChoice {
  const cost = chain.costs[chosen];
  return { chain: chain.name, chosen, refusals, ...(cost === undefined ? {} : { cost }) };
}
