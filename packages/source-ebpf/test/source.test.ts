import {
  type Report,
  readNode,
  reportToJson,
  type SourceNotice,
  SymbolTable,
  validateReport,
} from '@ridgeline/core';
import { pid, processName } from '@ridgeline/vocabulary';
import type { Subscription } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import { type EbpfOptions, ebpf, ebpfOptions } from '../src/index.ts';
import { describeKernel, startPython, until } from './kernel-harness.ts';
import { PYTHON_ACTOR } from './peers.ts';

/** A subscription with all it gave. */
interface Watched {
  readonly reports: Report[];
  readonly notices: SourceNotice[];
  readonly errors: Error[];
  isComplete: boolean;
  readonly subscription: Subscription;
}

const subscriptions: Subscription[] = [];
afterEach(() => {
  for (const subscription of subscriptions.splice(0)) subscription.unsubscribe();
});

function watch(options: Partial<EbpfOptions> = {}): Watched {
  const symbols = new SymbolTable();
  const reports: Report[] = [];
  const notices: SourceNotice[] = [];
  const errors: Error[] = [];
  const given: unknown = { every: 50, ...options };
  const parsed = ebpfOptions.parse(given);
  const watched = { reports, notices, errors, isComplete: false };
  const subscription = ebpf
    .connect(parsed, {
      host: 'h',
      now: () => Date.now(),
      monotonic: () => performance.now(),
      symbols: () => symbols,
      notify: (notice) => notices.push(notice),
    })
    .subscribe({
      next: (report) => reports.push(report),
      error: (error: Error) => errors.push(error),
      complete: () => {
        watched.isComplete = true;
      },
    });
  subscriptions.push(subscription);
  return Object.assign(watched, { subscription });
}

/** Endpoints of a report by id, with the process of each. */
function pidsByEndpoint(report: Report): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  const endpoints = report.topologies.get('endpoint');
  for (let row = 0; row < (endpoints?.size ?? 0); row++) {
    if (endpoints === undefined) continue;
    const node = readNode(endpoints, row);
    found.set(node.id, node.get(pid));
  }
  return found;
}

describe('the options', () => {
  it('have defaults, and say everything that is wrong', () => {
    expect(ebpfOptions.parse({})).toEqual({
      mode: 'auto',
      ringBytes: 8 * 1024 * 1024,
      every: 1000,
      snapshotEvery: 60_000,
      keep: 4,
      udp: 'snapshot',
      avoid: [],
      wrapper: [],
    });
    const wrong = ebpfOptions.safeParse({
      mode: 'on',
      ringBytes: 100_000,
      keep: 0,
      avoid: ['fexit'],
      prot: 1,
    });
    expect(wrong.success).toBe(false);
    expect(wrong.error?.issues.length).toBe(5);
  });

  it('off: nothing is done', () => {
    const watched = watch({ mode: 'off' });
    expect(watched.isComplete).toBe(true);
    expect(watched.notices).toEqual([]);
  });

  it('a child that cannot be run: the source restarts it, falls back and says so', async () => {
    const watched = watch({ wrapper: ['/nonexistent/command'] });
    await until(
      () => watched.notices.some(({ message }) => message?.includes('scanning /proc')),
      'the falling back',
    );
    expect(watched.notices.map(({ state }) => state)).toContain('degraded');
    expect(watched.reports.at(-1)?.topologies.get('endpoint')?.size ?? 0).toBe(0);
    expect(watched.errors).toEqual([]);
  });
});

describe('a child that cannot be run, of a source that is required', () => {
  it('is an error that names it, and no falling back', async () => {
    const watched = watch({ mode: 'require', wrapper: ['/nonexistent/command'] });
    await until(() => watched.errors.length > 0, 'the error');
    expect(watched.errors[0]).toMatchObject({
      code: 'UNAVAILABLE',
      message:
        'source "ebpf" is required and cannot work: the reader of kernel events cannot be started: spawn /nonexistent/command ENOENT',
      fix: 'look at its option "wrapper" (/nonexistent/command)',
    });
    expect(watched.reports).toEqual([]);
    expect(watched.notices.some(({ message }) => message?.includes('scanning /proc'))).toBe(false);
  });
});

describeKernel('the source', () => {
  it('reports a connection with both its ends, its processes and its evidence', async () => {
    const actor = startPython(PYTHON_ACTOR, []);
    const tell = async (command: string): Promise<string> => {
      actor.write(`${command}\n`);
      return actor.line();
    };
    const port = await tell('listen l 127.0.0.1');
    const watched = watch();
    await until(() => watched.reports.length > 0, 'a report');
    const local = await tell(`connect x 127.0.0.1 ${port}`);
    await tell('accept l y');
    const client = `h;127.0.0.1;${local}`;
    const server = `h;127.0.0.1;${port}`;
    const hasPids = (report: Report | undefined): boolean => {
      const pids = report === undefined ? new Map() : pidsByEndpoint(report);
      return pids.get(client) === String(actor.pid) && pids.get(server) === String(actor.pid);
    };
    await until(() => hasPids(watched.reports.at(-1)), 'the connection');
    const report = watched.reports.at(-1);
    if (report === undefined) throw new Error('no report');
    expect(watched.reports.flatMap(validateReport)).toEqual([]);
    const processes = report.topologies.get('process');
    const row = processes?.rowOf(`h;${actor.pid}` as never) ?? -1;
    expect(processes === undefined ? '' : readNode(processes, row).get(processName)).toBe('python3');

    await tell('send x 500');
    await tell('receive y 500');
    await tell('close x');
    await tell('close y');
    const last = watched.reports.length;
    await until(() => watched.reports.length > last + 3, 'more reports');
    const after = watched.reports.slice(last).map((each) => pidsByEndpoint(each).has(client));
    // In at most the one report that was under way and the one after the end, and then never again.
    expect(after.lastIndexOf(true)).toBeLessThan(3);
    // Of this connection alone: the kernel tells of the whole machine's.
    const bytesOut = watched.reports.map((each) => {
      const endpoints = reportToJson(each).topologies.endpoint;
      return endpoints?.[client]?.edges?.[server]?.[0]?.[4] ?? 0;
    });
    expect(Math.max(...bytesOut)).toBe(500);
    actor.kill('SIGKILL');
  }, 30_000);

  it('works in the foreground first: the first report has what was open before', async () => {
    const actor = startPython(PYTHON_ACTOR, []);
    const tell = async (command: string): Promise<string> => {
      actor.write(`${command}\n`);
      return actor.line();
    };
    const port = await tell('listen l ::1');
    const local = await tell(`connect x ::1 ${port}`);
    await tell('accept l y');
    const watched = watch({ every: 60_000 });
    await until(() => watched.reports.length === 1, 'the first report');
    const [first] = watched.reports;
    expect(first === undefined ? undefined : pidsByEndpoint(first).get(`h;::1;${local}`)).toBe(
      String(actor.pid),
    );
    actor.kill('SIGKILL');
  }, 30_000);

  it('where it cannot work says why, stops, and is done', async () => {
    const watched = watch({ avoid: ['state/tp_btf', 'state/raw_tp'] });
    await until(() => watched.isComplete, 'the end');
    expect(watched.notices.at(-1)).toMatchObject({
      state: 'stopped',
      message: expect.stringContaining('connections are found by scanning /proc: left out by an option'),
      facts: { state: 'none', 'state.not.tp_btf': 'left out by an option' },
    });
    expect(watched.reports).toEqual([]);
    expect(watched.errors).toEqual([]);
  }, 30_000);

  it('required where it cannot work is an error that names what is missing', async () => {
    const watched = watch({ mode: 'require', avoid: ['state/tp_btf', 'state/raw_tp'] });
    await until(() => watched.errors.length > 0, 'the error');
    expect(watched.errors[0]?.message).toBe(
      'source "ebpf" is required and cannot work: left out by an option',
    );
    const inNamespace = watch({ mode: 'require', wrapper: ['unshare', '--user', '--map-root-user'] });
    await until(() => inNamespace.errors.length > 0, 'the error');
    expect(inNamespace.errors[0]?.message).toContain('user namespace');
  }, 30_000);

  it('law G1: nothing before the subscription, nothing left after its end', async () => {
    const watched = watch();
    await until(() => watched.reports.length > 0, 'a report');
    const { reports } = watched;
    watched.subscription.unsubscribe();
    const count = reports.length;
    const notices = watched.notices.length;
    const again = watch();
    await until(() => again.reports.length > 2, 'reports of another subscription');
    expect(reports.length).toBe(count);
    expect(watched.notices.length).toBe(notices);
  }, 30_000);
});
