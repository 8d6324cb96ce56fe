import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { ChainChoice, ChainName } from '../src/index.ts';
import {
  childPid,
  createNamespaces,
  describeKernel,
  lastState,
  startFeed,
  startPython,
  until,
  type WatchedFeed,
} from './kernel-harness.ts';
import { PYTHON_CLIENT, PYTHON_SERVER } from './peers.ts';

const _CHILD = fileURLToPath(new URL('../dist/child.js', import.meta.url));

function choiceOf(watched: WatchedFeed, chain: ChainName): ChainChoice {
  const state = lastState(watched);
  if (state.kind !== 'running') throw new Error(`the child is ${JSON.stringify(state)}`);
  const choice = state.chains.find((each) => each.chain === chain);
  if (choice === undefined) throw new Error(`no chain ${chain}`);
  return choice;
}

/** Connections of a Python client to a Python server, and what was told of them. */
async function converse(watched: WatchedFeed, count = 20) {
  const server = startPython(PYTHON_SERVER, ['4', '127.0.0.1']);
  const port = Number(await server.line());
  const client = startPython(PYTHON_CLIENT, ['4', '127.0.0.1', String(port), String(count)]);
  expect(await client.exited).toBe(0);
  const told = (kind: string, pid: number) =>
    watched.records.filter(
      (r) => r.kind === kind && r.pid === pid && (r.localPort === port || r.remotePort === port),
    ).length;
  await until(() => told('close', server.pid) === count && told('close', client.pid) === count, 'all ends');
  server.kill('SIGKILL');
  return { connects: told('connect', client.pid), accepts: told('accept', server.pid) };
}

/** Puts an empty folder where tracefs would be mounted. */
const HIDE_TRACEFS = 'mount -t tmpfs none /sys/kernel/tracing; mount -t tmpfs none /sys/kernel/debug';
/** Runs the child as root that may not mount. */
const WITHOUT_MOUNTING = 'exec setpriv --bounding-set=-sys_admin --inh-caps=-sys_admin "$0" "$@"';

/**
 * The child as another user with some capabilities; a mount of tracefs would need more of them. It may read any file beside:
 * the repository may lie in a folder that is closed to others.
 */
const asNobody = (capabilities: string): readonly string[] => [
  'setpriv',
  '--reuid=65534',
  '--regid=65534',
  '--clear-groups',
  ...['inh-caps', 'ambient-caps', 'bounding-set'].map((set) => `--${set}=${capabilities},+dac_read_search`),
];

describeKernel('the chains of attaching', () => {
  it('state by tp_btf, the best', async () => {
    const watched = await startFeed();
    expect(choiceOf(watched, 'state')).toEqual({ chain: 'state', chosen: 'tp_btf', refusals: [] });
    await watched.feed.stop();
  });

  it('state by raw_tp when tp_btf is left out', async () => {
    const watched = await startFeed({ avoid: ['state/tp_btf'] });
    expect(choiceOf(watched, 'state')).toEqual({
      chain: 'state',
      chosen: 'raw_tp',
      refusals: [{ rung: 'tp_btf', reason: 'left out by an option' }],
    });
    expect(await converse(watched)).toEqual({ connects: 20, accepts: 20 });
    await watched.feed.stop();
  }, 30_000);

  it('without any state program there is nothing to tell, and it says why', async () => {
    const watched = await startFeed({ avoid: ['state/tp_btf', 'state/raw_tp'] });
    const state = lastState(watched);
    expect(state).toMatchObject({ kind: 'unable', reason: 'left out by an option' });
    if (state.kind !== 'unable') return;
    expect(state.chains.find(({ chain }) => chain === 'state')?.cost).toContain('/proc');
    await watched.feed.stop();
  });

  // Each rung of the accept chain alone: it works, or this kernel refuses it for a reason that is told.
  it.each([
    ['fexit', ['accept/kretprobe', 'accept/sys_exit_accept'], /policy denies it|no "inet_csk_accept"/],
    [
      'kretprobe',
      ['accept/fexit', 'accept/sys_exit_accept'],
      /without kprobes|no such probe|policy denies it/,
    ],
    ['sys_exit_accept', ['accept/fexit', 'accept/kretprobe'], undefined],
  ])(
    'accept by %s',
    async (rung, avoid, impossible) => {
      const watched = await startFeed({ avoid });
      const { chosen, refusals, cost } = choiceOf(watched, 'accept');
      if (chosen === rung) {
        expect(await converse(watched)).toEqual({ connects: 20, accepts: 20 });
      } else {
        if (impossible === undefined) throw new Error(`${rung} was refused: ${JSON.stringify(refusals)}`);
        expect(refusals.find((refusal) => refusal.rung === rung)?.reason).toMatch(impossible);
        console.info(
          `accept/${rung} is impossible on this kernel: ${refusals.find((r) => r.rung === rung)?.reason}`,
        );
        expect(chosen).toBe('none');
        expect(cost).toContain('known only when it closes');
      }
      await watched.feed.stop();
    },
    30_000,
  );

  it('without an accept program the process is told by the close and by a snapshot', async () => {
    const avoid = ['accept/fexit', 'accept/kretprobe', 'accept/sys_exit_accept'];
    const watched = await startFeed({ avoid });
    expect(choiceOf(watched, 'accept').chosen).toBe('none');
    expect(await converse(watched)).toEqual({ connects: 20, accepts: 0 });
    await watched.feed.stop();
  }, 30_000);

  it('a mounted tracefs is used where there is one', async () => {
    const watched = await startFeed({
      wrapper: [
        'unshare',
        '--mount',
        'sh',
        '-c',
        `mount -t tracefs none /sys/kernel/tracing; ${WITHOUT_MOUNTING}`,
      ],
      avoid: ['accept/fexit', 'accept/kretprobe'],
    });
    expect(choiceOf(watched, 'accept').chosen).toBe('sys_exit_accept');
    expect(await converse(watched)).toEqual({ connects: 20, accepts: 20 });
    await watched.feed.stop();
  }, 30_000);

  it('where tracefs is not mounted it is mounted for the reader alone, and nobody sees it', async () => {
    const mounts = (): string => readFileSync('/proc/self/mountinfo', 'utf8');
    const before = mounts();
    const watched = await startFeed({
      wrapper: ['unshare', '--mount', 'sh', '-c', `${HIDE_TRACEFS}; exec "$0" "$@"`],
      avoid: ['accept/fexit', 'accept/kretprobe'],
    });
    expect(choiceOf(watched, 'accept').chosen).toBe('sys_exit_accept');
    expect(readFileSync(`/proc/${childPid(watched)}/mountinfo`, 'utf8')).not.toMatch(/ - tracefs /);
    expect(mounts()).toBe(before);
    await watched.feed.stop();
  });

  it('where it may not be mounted either the refusal says how to mount it', async () => {
    const watched = await startFeed({
      wrapper: ['unshare', '--mount', 'sh', '-c', `${HIDE_TRACEFS}; ${WITHOUT_MOUNTING}`],
      avoid: ['accept/fexit', 'accept/kretprobe'],
    });
    const { chosen, refusals } = choiceOf(watched, 'accept');
    expect(chosen).toBe('none');
    expect(refusals.at(-1)).toEqual({
      rung: 'sys_exit_accept',
      reason:
        'tracefs is not mounted, and mounting it for this process alone was refused: fsopen for tracefs was refused (EPERM): mounting a file system needs CAP_SYS_ADMIN',
      fix: 'mount it: mount -t tracefs tracefs /sys/kernel/tracing',
    });
    await watched.feed.stop();
  });

  it('with CAP_BPF and CAP_PERFMON alone: states and snapshots', async () => {
    const watched = await startFeed({ wrapper: asNobody('-all,+bpf,+perfmon') });
    expect(choiceOf(watched, 'state').chosen).toBe('tp_btf');
    expect(choiceOf(watched, 'snapshot').chosen).toBe('task_file');
    const { connects } = await converse(watched);
    expect(connects).toBe(20);
    await watched.feed.stop();
  }, 30_000);

  it.each([
    ['without privileges', () => asNobody('-all'), /BPF_MAP_CREATE.*CAP_BPF is missing/],
    ['with CAP_BPF alone', () => asNobody('-all,+bpf'), /CAP_PERFMON is missing/],
    ['in a user namespace', () => ['unshare', '--user', '--map-root-user'], /user namespace/],
  ])('%s it says what is missing, and nothing dies', async (_name, wrapper, message) => {
    const watched = await startFeed({ wrapper: wrapper() });
    const state = lastState(watched);
    expect(state).toMatchObject({ kind: 'unable', reason: expect.stringMatching(message) });
    expect(state.kind === 'unable' && state.fix).toBeTruthy();
    await watched.feed.stop();
  });

  it('a child that dies twice in a minute is left alone for a while, and tried again', async () => {
    const [space = ''] = createNamespaces(['d']);
    const restartTimes = {
      windowMillis: 60_000,
      restartAfterMillis: 10,
      fallBackMillis: 300,
      longestFallBackMillis: 300,
    };
    const watched = await startFeed({ restartTimes, wrapper: ['ip', 'netns', 'exec', space] });
    const { states } = watched;
    const kill = (): void => {
      const state = lastState(watched);
      if (state.kind === 'running') process.kill(state.pid, 'SIGKILL');
    };
    kill();
    await until(() => watched.wholes() === 2, 'the second child');
    kill();
    await until(() => states.some(({ kind }) => kind === 'fallen-back'), 'the falling back');
    expect(states.findLast(({ kind }) => kind === 'fallen-back')).toMatchObject({
      reason: 'it was ended by SIGKILL',
      forMillis: 300,
    });
    expect(watched.feed.report().open).toEqual([]);
    await until(() => watched.wholes() === 3, 'another try');
    await watched.feed.stop();
    expect(lastState(watched)).toEqual({ kind: 'stopped' });
  }, 30_000);
});
