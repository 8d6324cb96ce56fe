import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ProcRoot } from '../src/proc-root.ts';
import { ProcessTable } from '../src/process-table.ts';
import { runAtOnce } from '../src/run-sliced.ts';
import { SocketOwners } from '../src/socket-owners.ts';
import { SocketTable, socketState, tcp } from '../src/socket-table.ts';
import { writeProc } from './proc-fixture.ts';

// Each run writes a folder a step: a tenth of the runs of laws that touch no disk.
const numRuns = Math.ceil(Number(process.env.LAWS_RUNS ?? 200) / 10);
const seed = process.env.LAWS_SEED === undefined ? {} : { seed: Number(process.env.LAWS_SEED) };
const runs = { numRuns, ...seed };

const folder = mkdtempSync(join(tmpdir(), 'procfs-owners-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pids = [1, 10, 20] as const;
const inodes = [101, 102, 103, 104] as const;

/** By process, the sockets among its descriptors, in order; and the sockets that are in the kernel's tables. */
interface Moment {
  readonly held: readonly (readonly number[])[];
  readonly listed: readonly number[];
}

const moment: fc.Arbitrary<Moment> = fc.record({
  held: fc.tuple(
    fc.subarray([...inodes]),
    fc.shuffledSubarray([...inodes]),
    fc.shuffledSubarray([...inodes]),
  ),
  listed: fc.subarray([...inodes]),
});

class Model {
  private readonly root = join(folder, 'proc');
  private readonly processTable: ProcessTable;
  private readonly owners: SocketOwners;
  private scan = 0;

  constructor() {
    writeProc(this.root, { processes: pids.map((pid) => ({ pid })) });
    const root = new ProcRoot(this.root);
    this.processTable = new ProcessTable(root);
    this.owners = new SocketOwners(root);
  }

  arrange({ held }: Moment): void {
    for (const [index, pid] of pids.entries()) {
      const descriptors = join(this.root, String(pid), 'fd');
      rmSync(descriptors, { recursive: true });
      mkdirSync(descriptors);
      for (const [number, inode] of (held[index] ?? []).entries()) {
        symlinkSync(`socket:[${inode}]`, join(descriptors, String(number)));
      }
    }
  }

  /** Owner's pid of each listed socket, or `undefined`. */
  scanOnce({ listed }: Moment): Map<number, number | undefined> {
    const scan = ++this.scan;
    const table = new SocketTable();
    for (const inode of listed) table.append(0, tcp, socketState.established, 0, 1, 0, 1, 0, inode);
    const processes =
      runAtOnce(this.processTable.read(scan, scan, 1, { processors: 1, bootMillis: 0 })) ?? [];
    runAtOnce(this.owners.attribute(scan, processes, table));
    return new Map(listed.map((inode, row) => [inode, processes[table.owner[row] as number]?.pid]));
  }
}

const holdersOf = ({ held }: Moment, inode: number): readonly number[] =>
  pids.filter((_, index) => held[index]?.includes(inode));

describe('owners of sockets', () => {
  it('law procfs-9: a socket that is new in the tables is given at once to a process that holds it', () => {
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1, maxLength: 5 }), (moments) => {
        const model = new Model();
        let before = new Set<number>();
        for (const current of moments) {
          model.arrange(current);
          const owners = model.scanOnce(current);
          for (const inode of current.listed) {
            if (before.has(inode)) continue;
            const holders = holdersOf(current, inode);
            const owner = owners.get(inode);
            if (owner === undefined) expect(holders).toEqual([]);
            else expect(holders).toContain(owner);
          }
          before = new Set(current.listed);
        }
      }),
      runs,
    );
  });

  it('gives a socket to a process that was read earlier in the scan that took it from another', () => {
    const model = new Model();
    const moments: readonly Moment[] = [
      { held: [[], [104], []], listed: [104] },
      { held: [[], [], [102]], listed: [102, 104] },
      { held: [[], [102], []], listed: [102, 104] },
    ];
    for (const current of moments) {
      model.arrange(current);
      model.scanOnce(current);
    }
    const last = moments.at(-1) as Moment;
    let owners = new Map<number, number | undefined>();
    for (let scan = 0; scan < 17; scan++) owners = model.scanOnce(last);
    expect(owners).toEqual(
      new Map([
        [102, 10],
        [104, undefined],
      ]),
    );
  });

  it('law procfs-10: whatever changed hands unseen, within 17 quiet scans every owner is a holder', () => {
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1, maxLength: 4 }), (moments) => {
        const model = new Model();
        for (const current of moments) {
          model.arrange(current);
          model.scanOnce(current);
        }
        const last = moments.at(-1) as Moment;
        let owners = new Map<number, number | undefined>();
        for (let scan = 0; scan < 17; scan++) owners = model.scanOnce(last);
        for (const inode of last.listed) {
          const owner = owners.get(inode);
          const holders = holdersOf(last, inode);
          if (owner === undefined) expect(holders).toEqual([]);
          else expect(holders).toContain(owner);
        }
      }),
      runs,
    );
  });
});
