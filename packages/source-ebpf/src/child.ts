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
import { createSender, type Sender } from './parent-channel.ts';
import { Teller } from './teller.ts';

const OBJECT_FILE = new URL('../bpf/ridgeline.bpf.o', import.meta.url);
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

/** What a parent may ask of a teller. */
function answer(teller: Teller, command: Exclude<ChildCommand, { type: 'start' | 'stop' }>): void {
  switch (command.type) {
    case 'snapshot':
      teller.snapshot();
      break;
    case 'catch-up':
      teller.catchUp();
      break;
    case 'confirm':
      teller.gone(command);
      break;
  }
}

function serve(): void {
  const sender = createSender();
  let session: KernelSession | undefined;
  let teller: Teller | undefined;
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
      if (session === undefined) return;
      teller = new Teller(session, sender, command.options);
      teller.pump();
    } else if (teller !== undefined) answer(teller, command);
  });
}

serve();
