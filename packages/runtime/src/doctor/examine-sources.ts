import { chooseRung, type RungChoice } from '@ridgeline/source-conntrack';
import { type ChainChoice, diagnose } from '@ridgeline/source-ebpf';
import type { Finding } from './finding.ts';

/** A way that is not used, and why. */
type Refusal = ChainChoice['refusals'][number] | RungChoice['refusals'][number];

/** The smallest ring there is: it is only tried. */
const RING_BYTES = 65_536;

/** Tries the ways in which the kernel can tell of connections, as sources do: what is chosen, why nothing better, and its cost. */
export async function examineSources(): Promise<readonly Finding[]> {
  const state = await diagnose({ ringBytes: RING_BYTES, avoid: [] });
  const { choice } = await chooseRung([]);
  return [...judgeEbpf(state), judgeConntrack(choice)];
}

/** The findings about eBPF: one for each chain. Pure. */
export function judgeEbpf(state: Awaited<ReturnType<typeof diagnose>>): readonly Finding[] {
  const chains = 'chains' in state ? state.chains.map(judgeChain) : [];
  if (state.kind === 'running') return chains;
  const reason = 'reason' in state ? state.reason : `it is ${state.kind}`;
  const fix = 'fix' in state ? state.fix : undefined;
  return [
    {
      subject: 'eBPF',
      state: 'missing',
      found: `cannot work here: ${reason}`,
      cost: 'connections are found by scanning /proc: those shorter than a scan are not seen',
      ...(fix === undefined ? {} : { remedy: fix }),
    },
    ...chains,
  ];
}

function judgeChain({ chain, chosen, refusals, cost }: ChainChoice): Finding {
  return judge(`eBPF, ${chain}`, chosen, refusals, cost);
}

/** The finding about the reading of the connection tracker. Pure. */
export function judgeConntrack({ chosen, refusals, cost }: RungChoice): Finding {
  return judge('conntrack, reader', chosen, refusals, cost);
}

/** A worse way that costs the map nothing is as good. */
function judge(
  subject: string,
  chosen: string,
  refusals: readonly Refusal[],
  cost: string | undefined,
): Finding {
  const reasons = refusals.map(({ rung, reason }) => `not ${rung}: ${reason}`);
  const fixes = refusals.flatMap(({ rung, fix }) => (fix === undefined ? [] : [`for ${rung}: ${fix}`]));
  const state = cost === undefined ? 'good' : chosen === 'none' ? 'missing' : 'limited';
  return {
    subject,
    state,
    found: [chosen, ...reasons].join('; '),
    ...(cost === undefined ? {} : { cost }),
    ...(cost === undefined || fixes.length === 0 ? {} : { remedy: fixes.join('; ') }),
  };
}
