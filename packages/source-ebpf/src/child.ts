/**
 * The process that holds the privileges: it loads the programs, drains the ring and sends what it finds to its parent.
 *
 * It runs apart because a fault in a foreign call ends a process, and the map must not go with it. Killed in any way it leaves
 * nothing behind: the kernel drops programs and maps with the last file descriptor.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { LinuxError, openLinux, probeKernel, readPrivileges } from '@ridgeline/linux';
import { BpfObjectError } from './bpf-object-error.ts';
import type { ChildCommand, ChildOptions, ChildReport } from './child-messages.ts';
import { type KernelSession, openKernelSession } from './kernel-session.ts';
import { createPace } from './poll-pace.ts';

const OBJECT_FILE = new URL('../bpf/ridgeline.bpf.o', import.meta.url);
const COUNTERS_EVERY_MILLIS = 1000;
/** Bytes in one message: enough for a busy tick, little enough not to hold the channel. */
const BATCH_BYTES = 1 << 18;
/** Bytes sent and not yet taken by the channel; beyond it the ring is left to fill, and the kernel counts what it loses. */
const MAX_UNSENT_BYTES = 1 << 24;

/** The way to the parent, with the weight of what has not got through yet. */
interface Sender {
  readonly send: (report: ChildReport, bytes?: number) => void;
  /** Sends a last report and ends the process once it is through. */
  readonly sendLast: (report: ChildReport) => void;
  readonly hasRoom: () => boolean;
}

function createSender(): Sender {
  let unsentBytes = 0;
  return {
    send: (report, bytes = 0) => {
      if (!process.connected) return;
      unsentBytes += bytes;
      process.send?.(report, undefined, undefined, () => {
        unsentBytes -= bytes;
      });
    },
    sendLast: (report) => {
      process.send?.(report, undefined, undefined, () => process.exit(0));
    },
    hasRoom: () => unsentBytes < MAX_UNSENT_BYTES,
  };
}

/** Opens a session, or tells the parent why there can be none and ends. */
function start(options: ChildOptions, sender: Sender): KernelSession | undefined {
  try {
    const kernel = probeKernel();
    const object = readFileSync(OBJECT_FILE);
    const session = openKernelSession(openLinux(), kernel, readPrivileges(), { object, ...options });
    const { chains } = session;
    const state = chains.find(({ chain }) => chain === 'state');
    if (state !== undefined && state.chosen !== 'none') {
      sender.send({ type: 'ready', chains, inFirstPidNamespace: kernel.inFirstPidNamespace });
      return session;
    }
    session.close();
    const refusal = state?.refusals[0];
    sender.sendLast(unable(refusal?.reason ?? 'no program can be attached', refusal?.fix, chains));
  } catch (error) {
    // Anything else is a fault of this program: let it end the process, the parent sees the stack and starts another.
    if (!(error instanceof LinuxError || error instanceof BpfObjectError)) throw error;
    sender.sendLast(unable(error.message, error instanceof LinuxError ? error.fix : undefined, []));
  }
  return undefined;
}

function unable(reason: string, fix: string | undefined, chains: KernelSession['chains']): ChildReport {
  return { type: 'unable', reason, ...(fix === undefined ? {} : { fix }), chains };
}

/** Sends everything the ring holds, in order; true if there was anything. */
function drain(session: KernelSession, sender: Sender): boolean {
  let any = false;
  while (sender.hasRoom()) {
    const bytes = session.take(BATCH_BYTES);
    if (bytes.length === 0) break;
    any = true;
    sender.send({ type: 'records', bytes }, bytes.length);
  }
  return any;
}

/** Polls rather than waits: a blocking wait would need a thread, and one wake-up for each record costs more than a look. */
function pump(session: KernelSession, sender: Sender, ringBytes: number): void {
  const pace = createPace(ringBytes);
  let countersAt = Number.NEGATIVE_INFINITY;
  const tick = (): void => {
    const busy = drain(session, sender);
    const now = monotonicMillis();
    if (now - countersAt >= COUNTERS_EVERY_MILLIS) {
      countersAt = now;
      sender.send({ type: 'counters', counters: session.counters() });
    }
    setTimeout(tick, pace(busy));
  };
  tick();
}

function monotonicMillis(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** What the kernel wrote before the snapshot goes before it, so that the parent can tell what is missing from it. */
function sendSnapshot(session: KernelSession, sender: Sender): void {
  drain(session, sender);
  const startedMillis = monotonicMillis();
  const rows = session.snapshot();
  sender.send({ type: 'snapshot', startedMillis, endedMillis: monotonicMillis(), rows }, rows.length);
  sender.send({ type: 'counters', counters: session.counters() });
}

function sendGone(
  session: KernelSession,
  sender: Sender,
  { sockets, networkNamespaces }: { sockets: Float64Array; networkNamespaces: Uint32Array },
): void {
  const suspects = Array.from(sockets, (socket, index) => ({
    socket,
    networkNamespace: networkNamespaces[index] ?? 0,
  }));
  sender.send({ type: 'gone', sockets: Float64Array.from(session.findGone(suspects)) });
}

function serve(): void {
  const sender = createSender();
  let session: KernelSession | undefined;
  const end = (): void => {
    session?.close();
    process.exit(0);
  };
  process.on('disconnect', end);
  // Ctrl-C reaches the whole group of processes; when to end is the parent's to say, and its end closes the channel.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
  process.on('message', (command: ChildCommand) => {
    if (command.type === 'stop') end();
    else if (command.type === 'start') {
      session = start(command.options, sender);
      if (session !== undefined) pump(session, sender, command.options.ringBytes);
    } else if (session === undefined) return;
    else if (command.type === 'snapshot') sendSnapshot(session, sender);
    else sendGone(session, sender, command);
  });
}

serve();
