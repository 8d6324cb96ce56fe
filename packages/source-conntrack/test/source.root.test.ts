import { execFileSync } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import {
  type EdgeFact,
  factAt,
  type Report,
  readNode,
  type SourceNotice,
  SymbolTable,
  useSource,
  validateReport,
} from '@ridgeline/core';
import { openLinux } from '@ridgeline/linux';
import { copyOf } from '@ridgeline/vocabulary';
import type { Subscription } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ConntrackOptions, conntrackOptions } from '../src/options.ts';
import { conntrack } from '../src/source.ts';
import { createFlows, manyFlows } from './create-flows.ts';
import {
  ADDRESSES,
  type OwnNamespace,
  OwnNetwork,
  routedNetwork,
  SCOPES,
  SERVER_PROGRAM,
} from './network.ts';

const SLOW = 3_600_000;
const { host, virtual } = { host: SCOPES.v4, virtual: `${SCOPES.v4};${ADDRESSES.virtual.v4};8080` };
const SERVER = `${SCOPES.v4};${ADDRESSES.server.v4};80`;

/** A subscription that keeps all it is told. */
class Listening {
  readonly reports: Report[] = [];
  readonly notices: SourceNotice[] = [];
  readonly subscription: Subscription;
  error: unknown;

  constructor(options: Partial<ConntrackOptions>) {
    const { options: checked } = useSource(conntrack, options);
    const symbols = new SymbolTable();
    this.subscription = conntrack
      .connect(checked as ConntrackOptions, {
        host,
        now: () => Date.now(),
        monotonic: () => performance.now(),
        symbols: () => symbols,
        notify: (notice) => this.notices.push(notice),
      })
      .subscribe({
        next: (report) => this.reports.push(report),
        error: (error: unknown) => {
          this.error = error;
        },
      });
  }

  async until<T>(condition: () => T | undefined): Promise<T> {
    for (let attempt = 0; attempt < 1000; attempt++) {
      if (this.error !== undefined) throw this.error;
      const found = condition();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`the condition did not come true: ${JSON.stringify(this.notices.at(-1))}`);
  }

  /** Waits for some more reports, from the next on. */
  async more(count: number): Promise<readonly Report[]> {
    const from = this.reports.length;
    return this.until(() =>
      this.reports.length >= from + count ? this.reports.slice(from, from + count) : undefined,
    );
  }
}

/** Clients' ports in the edges to an endpoint. */
function clientsOf(report: Report, server: string): readonly string[] {
  const endpoints = report.topologies.get('endpoint');
  if (endpoints?.open === undefined) return [];
  const { open, symbols } = endpoints;
  const to = symbols.find(server);
  const found: string[] = [];
  for (let row = 0; row < endpoints.size; row++) {
    const last = open.start[row + 1] as number;
    for (let e = open.start[row] as number; e < last; e++)
      if (open.to[e] === to) found.push(endpoints.idOf(row));
  }
  return found;
}

/** The evidence of one of the edges to an endpoint. */
function factTo(report: Report, server: string): EdgeFact | undefined {
  const endpoints = report.topologies.get('endpoint');
  const facts = endpoints?.open?.facts;
  if (endpoints?.open === undefined || facts === undefined) return undefined;
  const edge = endpoints.open.to.indexOf(endpoints.symbols.find(server));
  return edge < 0 ? undefined : factAt(endpoints.symbols, facts, facts.start[edge] as number);
}

function copiesIn(report: Report): readonly string[] {
  const endpoints = report.topologies.get('endpoint');
  if (endpoints === undefined) return [];
  return [...endpoints.ids.keys()].flatMap((row) => {
    const node = readNode(endpoints, row);
    const of = node.get(copyOf);
    return of === undefined ? [] : [`${node.id} = ${of}`];
  });
}

/** Sockets that this process has open. */
function openSockets(): readonly string[] {
  return readdirSync('/proc/self/fd')
    .map((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`);
      } catch {
        return ''; // the one that listed them
      }
    })
    .filter((link) => link.startsWith('socket:'))
    .sort();
}

describe('the source', () => {
  const network = new OwnNetwork();
  const named = `ridgeline-test-${process.pid}`;
  let client: OwnNamespace;
  let listening: Listening | undefined;

  beforeAll(async () => {
    const routed = await routedNetwork(network);
    client = routed.client;
    await routed.server.start(SERVER_PROGRAM);
    execFileSync('ip', ['netns', 'add', named]);
    execFileSync('ip', ['netns', 'exec', named, 'nft', '-f', '-'], {
      input: 'table inet t { chain c { type nat hook prerouting priority -100; }; }',
    });
    createFlows(openLinux(), `/run/netns/${named}`, manyFlows(1, true));
  });
  afterEach(() => {
    listening?.subscription.unsubscribe();
    listening = undefined;
  });
  afterAll(async () => {
    await network.end();
    execFileSync('ip', ['netns', 'del', named]);
  });

  function listen(options: Partial<ConntrackOptions>): Listening {
    listening = new Listening(options);
    return listening;
  }

  /** Connects `count` times through the router, one after the other, each for a millisecond or so. */
  function connectBriefly(count: number): readonly string[] {
    const program = `
      const net = require('node:net'), ports = [];
      const next = () => {
        if (ports.length === ${count}) return console.log(JSON.stringify(ports));
        const socket = net.connect(8080, '${ADDRESSES.virtual.v4}', () => { ports.push(socket.localPort); socket.end('x'); });
        socket.on('close', next).resume();
      };
      next();`;
    const ports = JSON.parse(client.run(`exec ${process.execPath} -e "$(cat)"`, program)) as number[];
    return ports.map((port) => `${SCOPES.v4};${ADDRESSES.client.v4};${port}`);
  }

  it('shows connections shorter than the interval in exactly the next report, once', async () => {
    const heard = listen({ flows: 'all', every: 3000, sweepEvery: SLOW, share: 1 });
    await heard.more(1);

    const clients = connectBriefly(20);
    const before = heard.reports.length;
    const [next, after] = await heard.more(2);

    expect(before).toBe(1);
    expect(clients).toHaveLength(20);
    expect([...clientsOf(next as Report, virtual)].sort()).toEqual([...clients].sort());
    expect(clientsOf(after as Report, virtual)).toEqual([]);
    const fact = factTo(next as Report, virtual);
    expect(fact).toMatchObject({ source: 'conntrack', connections: 1 });
    expect(fact?.lastSeen).toBeLessThanOrEqual(next?.window.to as number);
    expect(fact?.bytesOut).toBeGreaterThan(100);
  });

  it('shows flows there were at the start in the first report alone, and stops their reader', async () => {
    const program = `const socket = require('node:net').connect(8080, '${ADDRESSES.virtual.v4}', () => console.log('ready'));
      process.stdin.on('end', () => process.exit()).resume();`;
    await client.start(program);
    const before = openSockets();
    const heard = listen({ flows: 'initial', every: 200, sweepEvery: SLOW, share: 1 });
    await heard.more(3);
    const shown = heard.reports.map((report) => clientsOf(report, virtual).length);
    expect(shown.slice(0, 3)).toEqual([1, 0, 0]);
    for (const report of heard.reports) expect(copiesIn(report)).toContain(`${virtual} = ${SERVER}`);
    // Two for each namespace that is read: of the own one, the three and the named one.
    const namespaces = heard.notices.at(-1)?.facts?.namespaces as number;
    expect(openSockets().length - before.length).toBe(2 * namespaces);
  });

  it('reads a named namespace that no process is in', async () => {
    const heard = listen({ every: 200, share: 1 });
    const [report] = await heard.more(1);
    expect(report && copiesIn(report)).toEqual(
      expect.arrayContaining([';10.100.0.1;80 = ;10.101.0.1;8080', ';10.102.0.1;1024 = ;10.99.0.1;1024']),
    );
  });

  it('reads the own namespace alone when asked to', async () => {
    const heard = listen({ every: 200, namespaces: 'own', share: 1 });
    const [report] = await heard.more(1);
    expect(heard.notices.at(-1)?.facts).toMatchObject({ reader: 'netlink', namespaces: 1 });
    expect(report && copiesIn(report)).not.toContain(`${virtual} = ${SERVER}`);
  });

  it.each([
    [[], 'netlink', undefined],
    [['netlink'], 'program', /by the conntrack program/],
    [['netlink', 'program'], 'proc', /from \/proc/],
  ] as const)('without %j reads by %s, and says what that costs', async (avoid, reader, cost) => {
    const program = `const socket = require('node:net').connect(8080, '${ADDRESSES.virtual.v4}', () => console.log('ready'));
      process.stdin.on('end', () => process.exit()).resume();`;
    await client.start(program);
    const heard = listen({ avoid, every: 300, share: 1 });
    const report = await heard.until(() =>
      heard.reports.find((one) => copiesIn(one).includes(`${virtual} = ${SERVER}`)),
    );
    expect(validateReport(report)).toEqual([]);
    const notice = heard.notices.at(-1);
    expect(notice?.facts?.reader).toBe(reader);
    if (cost === undefined) expect(notice).toMatchObject({ state: 'running' });
    else expect(notice).toMatchObject({ state: 'degraded', message: expect.stringMatching(cost) });
    for (const rung of avoid) expect(notice?.facts?.[`reader.not.${rung}`]).toContain('left out');
  });

  it('reports nothing when no way of reading works, and says why', async () => {
    const heard = listen({ avoid: ['netlink', 'program', 'proc'] });
    const notice = await heard.until(() => heard.notices[0]);
    expect(notice.state).toBe('stopped');
    expect(notice.message).toMatch(
      /translated addresses are shown as they are.*netlink: .*; program: .*; proc: /,
    );
    expect(heard.reports).toEqual([]);
    expect(heard.subscription.closed).toBe(true);
  });

  it('law G1: cold; after unsubscribe nothing is emitted, and every handle is given back', async () => {
    const before = openSockets();
    const heard = listen({ every: 50, sweepEvery: 50, share: 1 });
    expect(openSockets()).toEqual(before);
    await heard.more(3);
    expect(openSockets().length).toBeGreaterThan(before.length);
    heard.subscription.unsubscribe();
    const reported = heard.reports.length;
    for (let attempt = 0; openSockets().length > before.length && attempt < 200; attempt++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(openSockets()).toEqual(before);
    expect(heard.reports.length).toBe(reported);
  });

  it('law G3: every report is valid, and windows do not run backwards', async () => {
    const heard = listen({ flows: 'all', every: 50, sweepEvery: 50, share: 1 });
    connectBriefly(5);
    const reports = await heard.more(6);
    for (const [index, report] of reports.entries()) {
      expect(validateReport(report)).toEqual([]);
      const before = reports[index - 1];
      if (before !== undefined) expect(report.window.from).toBeGreaterThanOrEqual(before.window.to);
    }
  });

  it('lets go of a namespace soon after its last process has ended', async () => {
    const other = new OwnNetwork();
    await other.namespace();
    const heard = listen({ every: 200, share: 1 });
    const namespacesNow = (): number => heard.notices.at(-1)?.facts?.namespaces as number;
    await heard.more(1);
    const before = namespacesNow();
    await other.end();
    const sockets = openSockets().length;
    await heard.until(() => (namespacesNow() === before - 1 ? true : undefined));
    // A socket for events and one for dumps: either would keep the namespace alive.
    expect(openSockets().length).toBe(sockets - 2);
  });

  it('says all that is wrong with its options', () => {
    expect(
      conntrackOptions.safeParse({ flows: 'some', every: 1, avoid: ['sorcery'], what: 1 }).error?.issues,
    ).toHaveLength(4);
  });
});
