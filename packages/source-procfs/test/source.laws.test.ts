import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Report, SymbolTable, validateReport } from '@ridgeline/core';
import { law, reportText } from '@ridgeline/testkit';
import fc from 'fast-check';
import { Subscription } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Reporter } from '../src/report.ts';
import { runAtOnce } from '../src/run-sliced.ts';
import { Scanner } from '../src/scan.ts';
import { procfs } from '../src/source.ts';
import { type FixtureProc, type FixtureSocket, writeProc } from './proc-fixture.ts';

const port = fc.constantFrom(80, 443, 4000, 5000);
const address = fc.constantFrom('127.0.0.1', '10.0.0.5', '192.0.2.1', '0.0.0.0');
const socket: fc.Arbitrary<FixtureSocket> = fc.record({
  file: fc.constantFrom('tcp', 'udp'),
  state: fc.constantFrom(1, 2, 6, 7, 8, 10),
  local: fc.tuple(address, port),
  remote: fc.tuple(address, fc.oneof(fc.constant(0), port)),
  inode: fc.integer({ min: 1, max: 5 }),
});
/** Few pids, inodes and ports, hostile names, two namespaces: processes, sockets and addresses meet and change hands. */
const state: fc.Arbitrary<FixtureProc> = fc.record({
  self: fc.constant(10),
  processes: fc.uniqueArray(
    fc.record({
      pid: fc.constantFrom(1, 10, 20, 30),
      comm: fc.constantFrom('a', 'b c', ') S 1', '\n', ''),
      args: fc.array(fc.constantFrom('x', 'a;b', '%', '\n', ''), { maxLength: 2 }),
      startTicks: fc.constantFrom(1, 2),
      cpuTicks: fc.nat(100),
      namespace: fc.constantFrom(1, 2),
      sockets: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
    }),
    { selector: (process) => process.pid, minLength: 1, maxLength: 4 },
  ),
  namespaces: fc.record({
    1: fc.record({ sockets: fc.array(socket, { maxLength: 4 }) }),
    2: fc.record({ sockets: fc.array(socket, { maxLength: 4 }) }),
  }),
});

// What is particular to this source; the laws of every source are the kit's.
describe('procfs', () => {
  it('law G1: cold; after unsubscribe nothing is emitted, and no timer or file is left', async () => {
    const looks = { now: 0, notify: 0 };
    const symbols = new SymbolTable();
    const reports$ = procfs.connect(
      { root: '/proc', every: 50, share: 1 },
      {
        host: 'h',
        now: () => {
          looks.now++;
          return Date.now();
        },
        monotonic: () => performance.now(),
        symbols: () => symbols,
        notify: () => {
          looks.notify++;
        },
      },
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(looks).toEqual({ now: 0, notify: 0 });
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    let emitted = 0;
    const subscription = new Subscription();
    await new Promise<void>((resolve, reject) => {
      subscription.add(
        reports$.subscribe({
          next: () => {
            emitted++;
            if (emitted === 2) resolve();
          },
          error: reject,
        }),
      );
    });
    subscription.unsubscribe();
    await new Promise((resolve) => setImmediate(resolve));
    expect(timers()).toBeLessThanOrEqual(before);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(emitted).toBe(2);
  });

  law(
    { test: it, runs: Math.ceil(Number(process.env.LAWS_RUNS ?? 200) / 10) },
    'G3',
    'every report passes validate; windows do not run backwards, whatever names, states and clock',
    [fc.array(state, { minLength: 1, maxLength: 3 }), fc.array(fc.integer({ min: -2000, max: 5000 }))],
    (states, steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'procfs-laws-'));
      try {
        const reports = reportsOf(folder, states, steps);
        for (const [index, report] of reports.entries()) {
          expect(validateReport(report)).toEqual([]);
          const before = reports[index - 1];
          if (before !== undefined) expect(report.window.from).toBe(before.window.to);
        }
        return true;
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );

  law(
    { test: it, runs: Math.ceil(Number(process.env.LAWS_RUNS ?? 200) / 10) },
    'G4',
    'the same bytes and clock give the same report, whatever the order in which folders were made',
    [fc.array(state, { minLength: 1, maxLength: 3 })],
    (states) => {
      const folder = mkdtempSync(join(tmpdir(), 'procfs-laws-'));
      try {
        const reversed = states.map((proc) => ({ ...proc, processes: [...proc.processes].reverse() }));
        const texts = [states, reversed].map((list) =>
          reportsOf(folder, list, []).map((report) => reportText(report)),
        );
        expect(texts[1]).toEqual(texts[0]);
        return true;
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});

/** Scans one state of /proc after the other, a second apart or as the steps of the clock say. */
function reportsOf(folder: string, states: readonly FixtureProc[], steps: readonly number[]): Report[] {
  const root = join(folder, 'proc');
  const scanner = new Scanner({ root, etc: join(root, 'etc') });
  const reporter = new Reporter('h;%');
  let millis = 10_000;
  return states.map((proc, index) => {
    writeProc(root, proc);
    millis += steps[index] ?? 1000;
    const scan = runAtOnce(scanner.scan(millis, index * 1000));
    if (scan === undefined) throw new Error('no scan');
    return runAtOnce(reporter.report(scan, new SymbolTable()));
  });
}
