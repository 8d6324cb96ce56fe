import { closeSync, readdirSync, readFileSync } from 'node:fs';
import { enableProgramStatistics, openLinux } from '@ridgeline/linux';
import { expect, it } from 'vitest';
import type { KernelCounters } from '../src/index.ts';
import { childPid, describeKernel, startFeed, startPython, until } from './kernel-harness.ts';
import { PYTHON_CLIENT, PYTHON_SERVER } from './peers.ts';

const CLIENTS = 2;
const EACH = 20_000;
const STORM = CLIENTS * EACH;

/** What the kernel itself counts of the state program: runs, and runs it dropped. Source: kernel/bpf/syscall.c, bpf_prog_show_fdinfo. */
function kernelCounts(pid: number): { runs: number; misses: number } {
  const BPF_PROG_TYPE_TRACING = 26;
  let found = { runs: 0, misses: 0 };
  for (const fd of readdirSync(`/proc/${pid}/fdinfo`)) {
    const text = readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8');
    const field = (name: string): number =>
      Number(new RegExp(`^${name}:\\s*(\\d+)$`, 'm').exec(text)?.[1] ?? -1);
    if (field('prog_type') !== BPF_PROG_TYPE_TRACING) continue;
    // Of the tracing programs the iterators run a row at a time, and only while they are read: the state program runs most.
    if (field('run_cnt') > found.runs) found = { runs: field('run_cnt'), misses: field('recursion_misses') };
  }
  return found;
}

describeKernel('a storm of connections', () => {
  it.each([
    ['the default ring: none is lost', 1 << 23],
    ['a ring of 64 KiB: what is lost is counted', 1 << 16],
  ])(
    '%s, and every hit of the programs is accounted for',
    async (_name, ringBytes) => {
      const counting = enableProgramStatistics(openLinux());
      const watched = await startFeed({ ringBytes });
      const { feed, records } = watched;
      const server = startPython(PYTHON_SERVER, ['4', '127.0.0.1']);
      const port = Number(await server.line());
      const clients = Array.from({ length: CLIENTS }, () =>
        startPython(PYTHON_CLIENT, ['4', '127.0.0.1', String(port), String(EACH)]),
      );
      if (ringBytes === 1 << 16) {
        // The reader is held up, as on a machine that is busy elsewhere.
        await until(() => records.some((r) => r.remotePort === port), 'the first connection');
        process.kill(childPid(watched), 'SIGSTOP');
      }
      await Promise.all(clients.map(({ exited }) => exited));
      process.kill(childPid(watched), 'SIGCONT');
      server.kill('SIGKILL');
      await server.exited;

      // Other processes of the machine make connections too, and counters are read one by one: the sums are exact in a quiet
      // moment, which comes. The first counters after the storm may be from before its end.
      const counters = (): KernelCounters | undefined => feed.status().counters;
      const seen = new Set<KernelCounters | undefined>([counters()]);
      await until(() => {
        const now = counters();
        seen.add(now);
        if (now === undefined || seen.size < 3 || now.told !== records.length) return false;
        return now.stateHits + now.acceptHits + now.datagrams === now.told + now.lost + now.silent;
      }, 'every hit to be accounted for');
      const { stateHits = 0, told = 0, lost = 0, silent = 0, recursionMisses = 0 } = counters() ?? {};
      const kernel = kernelCounts(childPid(watched));
      expect(kernel.runs).toBeGreaterThanOrEqual(stateHits);
      expect(kernel.misses).toBeGreaterThanOrEqual(recursionMisses);

      const mine = records.filter((r) => r.remotePort === port || r.localPort === port);
      const count = (kind: string): number => mine.filter((r) => r.kind === kind).length;
      const expected = { connect: STORM, incoming: STORM, accept: STORM, close: 2 * STORM };
      const drained = {
        connect: count('connect'),
        incoming: count('incoming'),
        accept: count('accept'),
        close: count('close'),
      };
      if (lost + recursionMisses === 0) expect(drained).toEqual(expected);
      const missed = 5 * STORM - Object.values(drained).reduce((sum, n) => sum + n, 0);
      expect(missed).toBeLessThanOrEqual(lost + recursionMisses);
      if (ringBytes === 1 << 23) expect(lost).toBe(0);
      else expect(lost).toBeGreaterThan(0);
      console.info(
        `${STORM} connections: ${told} told, ${lost} lost, ${recursionMisses} dropped runs, ${silent} silent`,
      );
      closeSync(counting);
      await feed.stop();
    },
    120_000,
  );
});
