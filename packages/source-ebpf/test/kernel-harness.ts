import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readPrivileges } from '@ridgeline/linux';
import { afterAll, beforeAll, describe } from 'vitest';
import type { ConnectionRecord } from '../src/decode-record.ts';
import { type ChildState, type ConnectionFeed, type FeedOptions, startConnectionFeed } from '../src/index.ts';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What this machine lacks for tests against its kernel; `undefined` when it has everything. */
function lackOfKernel(): string | undefined {
  if (process.platform !== 'linux') return 'this is not Linux';
  if (process.getuid?.() !== 0) return 'not root';
  const { effective, inUserNamespace } = readPrivileges();
  if (inUserNamespace) return 'root of a user namespace only';
  if (!effective.has('CAP_BPF') || !effective.has('CAP_PERFMON')) return 'no CAP_BPF and CAP_PERFMON';
  if (!existsSync('/sys/kernel/btf/vmlinux')) return 'the kernel has no BTF';
  return undefined;
}

/** Tools without which the tests say nothing; Debian: python3 iproute2 util-linux bpftool. */
const TOOLS = ['python3', 'ip', 'unshare', 'setpriv', 'bpftool'];

/** As `describe`, where the kernel can be used; elsewhere skipped with a loud line. In CI a lack of tools is a failure. */
export function describeKernel(name: string, body: () => void): void {
  const lack = lackOfKernel();
  const missing = TOOLS.filter((tool) => spawnSync(tool, ['--version']).error !== undefined);
  if (lack === undefined && (missing.length === 0 || process.env.CI === 'true')) {
    describe(name, () => {
      beforeAll(() => {
        if (missing.length > 0) throw new Error(`CI lacks ${missing.join(', ')}`);
        buildChild();
      }, 120_000);
      body();
    });
    return;
  }
  const why = lack ?? `${missing.join(', ')} not installed`;
  console.error(`\n*** KERNEL TESTS ARE SKIPPED: ${name}: ${why}\n`);
  describe.skip(name, body);
}

/** The child is a process of its own and runs the built files. */
function buildChild(): void {
  const built = `${PACKAGE}/dist/child.js`;
  const sources = [`${PACKAGE}/src`, `${PACKAGE}/../linux/src`].flatMap((folder) =>
    readdirSync(folder).map((file) => statSync(`${folder}/${file}`).mtimeMs),
  );
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(...sources)) return;
  // Faults of other packages are theirs: what matters is that the file is there and new.
  spawnSync(`${ROOT}/node_modules/.bin/tsc`, ['-b', PACKAGE], { cwd: ROOT });
  if (!existsSync(built)) throw new Error('the child could not be built');
}

/** A feed with all that it told. */
export interface WatchedFeed {
  readonly feed: ConnectionFeed;
  readonly records: ConnectionRecord[];
  readonly states: ChildState[];
  /** How often the first snapshot of a child came in. */
  readonly wholes: () => number;
}

const running = new Set<ConnectionFeed>();

export async function startFeed(options: Partial<FeedOptions> = {}): Promise<WatchedFeed> {
  const records: ConnectionRecord[] = [];
  const states: ChildState[] = [];
  let wholes = 0;
  const feed = startConnectionFeed({
    ringBytes: 1 << 23,
    avoid: [],
    patienceMillis: 10,
    snapshotEveryMillis: 3_600_000,
    onState: (state) => states.push(state),
    onWhole: () => {
      wholes++;
    },
    onRecord: (record) => records.push(record),
    ...options,
  });
  running.add(feed);
  const last = (): ChildState | undefined => states.at(-1);
  await until(
    () => wholes > 0 || last()?.kind === 'unable' || last()?.kind === 'fallen-back',
    'a first snapshot',
  );
  return { feed, records, states, wholes: () => wholes };
}

/** Waits for a condition, never for a time. */
export async function until(condition: () => boolean, what: string, timeoutMillis = 20_000): Promise<void> {
  const end = performance.now() + timeoutMillis;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A process of a test. */
export interface Peer {
  readonly pid: number;
  /** The next line it printed. */
  readonly line: () => Promise<string>;
  readonly exited: Promise<number | null>;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly write: (text: string) => void;
}

const peers = new Set<ChildProcess>();

/** Starts a command, in a network namespace if one is named; `ip netns exec` keeps the pid. */
export function startPeer(command: readonly string[], namespace?: string): Peer {
  const [file = '', ...rest] =
    namespace === undefined ? command : ['ip', 'netns', 'exec', namespace, ...command];
  const child = spawn(file, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  peers.add(child);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      peers.delete(child);
      resolve(code);
    });
  });
  return {
    pid: child.pid ?? 0,
    line: async () => {
      await until(() => text.includes('\n'), `a line of ${file}`);
      const end = text.indexOf('\n');
      const line = text.slice(0, end);
      text = text.slice(end + 1);
      return line;
    },
    exited,
    kill: (signal) => {
      child.kill(signal);
    },
    write: (input) => {
      child.stdin.write(input);
    },
  };
}

export function startPython(code: string, args: readonly string[], namespace?: string): Peer {
  return startPeer(['python3', '-c', code, ...args], namespace);
}

/** Network namespaces of this test file, joined by veth pairs; removed at the end. */
export function createNamespaces(names: readonly string[]): readonly string[] {
  const own = names.map((name) => `rl${process.pid}${name}`);
  for (const name of own) {
    ip('netns', 'add', name);
    made.add(name);
    ip('-n', name, 'link', 'set', 'lo', 'up');
  }
  return own;
}

/** Joins two namespaces by a veth pair with these addresses (with prefix length). */
export function joinNamespaces(
  a: string,
  aAddresses: readonly string[],
  b: string,
  bAddresses: readonly string[],
): void {
  ip('link', 'add', 'v0', 'netns', a, 'type', 'veth', 'peer', 'name', 'v0', 'netns', b);
  for (const [name, addresses] of [
    [a, aAddresses],
    [b, bAddresses],
  ] as const) {
    for (const address of addresses) {
      const nodad = address.includes(':') ? ['nodad'] : [];
      ip('-n', name, 'address', 'add', address, 'dev', 'v0', ...nodad);
    }
    ip('-n', name, 'link', 'set', 'v0', 'up');
  }
}

const made = new Set<string>();

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Ids of the programs that a process holds, as the kernel lists them. */
export function programIdsOf(pid: number): number[] {
  const ids = new Set<number>();
  for (const fd of readdirSync(`/proc/${pid}/fdinfo`)) {
    const id = /^prog_id:\s*(\d+)$/m.exec(readOpenFile(`/proc/${pid}/fdinfo/${fd}`))?.[1];
    if (id !== undefined) ids.add(Number(id));
  }
  return [...ids];
}

/** A file of a snapshot, say, may be closed while they are listed. */
function readOpenFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The state the child is in. */
export function lastState({ states }: WatchedFeed): ChildState {
  const state = states.at(-1);
  if (state === undefined) throw new Error('no state was told');
  return state;
}

/** The pid of the process that runs the child; the wrapper execs, so it is the one that was started. */
export function childPid({ states }: WatchedFeed): number {
  const state = states.findLast(({ kind }) => kind === 'running');
  return state?.kind === 'running' ? state.pid : 0;
}

afterAll(async () => {
  await Promise.all([...running].map((feed) => feed.stop()));
  for (const peer of peers) peer.kill('SIGKILL');
  for (const name of made) ip('netns', 'delete', name);
});
