import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  asNodeId,
  makeReport,
  type Report,
  type ReportOrigin,
  type SourceContext,
  type SourceNotice,
  SymbolTable,
  TopologyBuilder,
  textAttribute,
} from '@ridgeline/core';

const name = textAttribute('name', 'process.name');

/** A report of processes `1..count` in a row, each connected to the next. */
export function processReport(
  symbols: SymbolTable,
  { to, count, origin }: { to: number; count: number; origin?: ReportOrigin },
): Report {
  const builder = new TopologyBuilder('process', symbols, to);
  for (let pid = 1; pid <= count; pid++) {
    const row = builder.row(asNodeId(`h;${pid}`));
    builder.set(row, name, `program ${pid} 世界`);
    if (pid > 1) builder.edge(row, asNodeId(`h;${pid - 1}`));
  }
  return makeReport({ symbols, origin, window: { from: to - 1000, to }, topologies: [builder.build()] });
}

/** A folder of its own for one test. */
export async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ridgeline-replay-'));
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A clock that stands still until `at` is set. */
export interface HandClock {
  at: number;
  readonly now: () => number;
  readonly monotonic: () => number;
}

export function handClock(): HandClock {
  const clock: HandClock = { at: 0, now: () => 1_700_000_000_000 + clock.at, monotonic: () => clock.at };
  return clock;
}

/** What a source is connected with; its notices are kept. */
export function contextWith(notices: SourceNotice[] = [], symbols = new SymbolTable()): SourceContext {
  return {
    host: 'here',
    now: () => Date.now(),
    monotonic: () => performance.now(),
    symbols: () => symbols,
    notify: (notice) => notices.push(notice),
  };
}
