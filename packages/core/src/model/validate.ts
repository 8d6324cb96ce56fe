import type { Report } from './report.ts';
import type { Topology } from './topology.ts';

/**
 * What is wrong with a report's structure, in words; empty for a report that can be rendered (law G3).
 *
 * A report built by `TopologyBuilder` and `makeReport` can only fail by its window or by mixing symbol tables;
 * the rest catches columns that were made by hand. O(nodes + entries).
 */
export function validateReport(report: Report): readonly string[] {
  // A source written without types may emit anything.
  if (typeof report !== 'object' || report === null || !(report.topologies instanceof Map)) {
    return ['it is no report: make it with makeReport()'];
  }
  const problems: string[] = [];
  const { from, to } = report.window;
  if (!Number.isFinite(from) || !Number.isFinite(to)) problems.push(`window ${from}..${to} is not finite`);
  else if (from > to) problems.push(`window runs backwards: ${from}..${to}`);
  for (const [name, topology] of report.topologies) {
    if (topology.name !== name) problems.push(`topology "${topology.name}" stands under the name "${name}"`);
    if (topology.symbols !== report.symbols) {
      problems.push(`topology "${name}" has symbols of another table`);
      continue;
    }
    problems.push(...validateTopology(topology).map((problem) => `topology "${name}": ${problem}`));
  }
  return problems;
}

/** What is wrong with a topology's columns, in words; empty for one that can be read. */
export function validateTopology(topology: Topology): readonly string[] {
  const problems: string[] = [];
  const symbols = topology.symbols.size;
  const seen = new Set<number>();
  for (const id of topology.ids) {
    if (id < 0 || id >= symbols) problems.push(`id symbol ${id} is not in the table`);
    else if (seen.has(id)) problems.push(`id "${topology.symbols.text(id)}" occurs twice`);
    seen.add(id);
  }
  const { latest, sets, parents, metrics } = topology.columns;
  const rows = topology.columns.rows;
  checkStart(problems, 'latest', latest.start, rows, latest.key.length);
  checkStart(problems, 'sets', sets.start, rows, sets.key.length);
  checkStart(problems, 'parents', parents.start, rows, parents.key.length);
  checkStart(problems, 'metrics', metrics.start, rows, metrics.key.length);
  checkStart(problems, 'samples', metrics.sampleStart, metrics.key.length, metrics.time.length);
  for (const column of [
    latest.key,
    latest.value,
    sets.key,
    sets.value,
    parents.key,
    parents.value,
    metrics.key,
  ]) {
    checkRange(problems, column, symbols, 'a key or value is not in the symbol table');
  }
  checkRange(problems, latest.time, topology.symbols.instants, 'a time is not in the symbol table');
  checkRange(problems, metrics.time, topology.symbols.instants, 'a time is not in the symbol table');
  if (topology.open !== undefined) {
    checkStart(problems, 'edges', topology.open.start, topology.size, topology.open.to.length);
    checkRange(problems, topology.open.to, symbols, 'an edge leads to an id that is not in the symbol table');
  } else {
    checkStart(problems, 'edges', topology.out.start, topology.size, topology.out.to.length);
    checkRange(problems, topology.out.to, topology.size, 'an edge leads to no row');
  }
  return problems;
}

function checkStart(
  problems: string[],
  what: string,
  start: Uint32Array,
  rows: number,
  entries: number,
): void {
  if (start.length !== rows + 1) problems.push(`${what}: ${start.length} starts for ${rows} rows`);
  else if (start[0] !== 0 || start[rows] !== entries)
    problems.push(`${what}: the rows do not cover the entries`);
  else {
    for (let row = 0; row < rows; row++) {
      if ((start[row] as number) <= (start[row + 1] as number)) continue;
      problems.push(`${what}: row ${row} ends before it starts`);
      return;
    }
  }
}

function checkRange(
  problems: string[],
  column: Int32Array | Uint32Array,
  bound: number,
  problem: string,
): void {
  for (const value of column) {
    if (value >= 0 && value < bound) continue;
    problems.push(problem);
    return;
  }
}
