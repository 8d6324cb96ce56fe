import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Report, readNode, SymbolTable } from '@ridgeline/core';
import { Subscription } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Reporter } from '../src/report.ts';
import { runAtOnce } from '../src/run-sliced.ts';
import { Scanner } from '../src/scan.ts';
import { procfs } from '../src/source.ts';
import { writeProc } from './proc-fixture.ts';

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

  it('law G4: the same bytes and clock give the same report, whatever the order of folders', () => {
    const folder = mkdtempSync(join(tmpdir(), 'procfs-laws-'));
    try {
      const processes = [10, 20, 30].map((pid) => ({ pid, namespace: 1, sockets: [pid, pid + 1] }));
      const sockets = [10, 20, 30].map((inode) => ({
        file: 'tcp' as const,
        state: 1,
        local: ['127.0.0.1', 1000 + inode] as const,
        remote: ['127.0.0.1', 1010 + inode] as const,
        inode,
      }));
      const dumps = [processes, [...processes].reverse()].map((list, index) => {
        const root = join(folder, String(index));
        writeProc(root, { self: 10, processes: list, namespaces: { 1: { sockets } } });
        const scanner = new Scanner({ root, etc: join(root, 'etc') });
        const reporter = new Reporter('h');
        const reports = [1000, 2000].map((millis) => {
          const scan = runAtOnce(scanner.scan(millis, millis));
          if (scan === undefined) throw new Error('no scan');
          return dump(runAtOnce(reporter.report(scan, new SymbolTable())));
        });
        return JSON.stringify(reports);
      });
      expect(dumps[1]).toBe(dumps[0]);
      expect(dumps[0]).toContain('h;127.0.0.1;1010');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** A report in full, independent of the numbers of its symbols. */
function dump(report: Report): unknown {
  return [...report.topologies.values()].map((topology) =>
    Array.from({ length: topology.size }, (_, row) => {
      const node = readNode(topology, row);
      const { start, to } = topology.out;
      const targets = Array.from(
        to.subarray(start[row], start[row + 1]),
        (target) => readNode(topology, target).id,
      );
      return {
        id: node.id,
        entries: node.entries(),
        metrics: ['process_memory_usage_bytes', 'host_mem_usage_bytes'].map((key) => node.metric(key)),
        targets: targets.sort(),
      };
    }).sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
}
