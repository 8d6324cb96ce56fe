import { sortByRow } from '../internal/csr.ts';
import type { OpenEdges } from './adjacency.ts';
import { sortWithinRows, trim } from './build-columns.ts';
import type { EdgeFactColumns, FactEntries } from './edge-facts.ts';

/** Edges in any order, with repetitions. */
export interface EdgeEntries {
  readonly row: Int32Array;
  /** The symbol of the id that each edge leads to. */
  readonly to: Int32Array;
}

/** Sorts edges by row and target and drops the doubles; their facts are joined per (edge, source). */
export function buildOpenEdges(rows: number, entries: EdgeEntries, facts: FactEntries): OpenEdges {
  const { start, order } = sortByRow(rows, entries.row);
  const { to } = entries;
  sortWithinRows(start, order, (a, b) => (to[a] as number) - (to[b] as number));
  const targets = new Int32Array(order.length);
  const edgeOf = new Int32Array(facts.length === 0 ? 0 : order.length);
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const first = end;
    const last = start[row + 1] as number;
    for (let i = start[row] as number; i < last; i++) {
      const e = order[i] as number;
      if (end === first || targets[end - 1] !== to[e]) targets[end++] = to[e] as number;
      if (facts.length > 0) edgeOf[e] = end - 1;
    }
    start[row] = first;
  }
  start[rows] = end;
  return {
    start,
    to: trim(targets, end),
    facts: facts.length === 0 ? undefined : buildFacts(end, edgeOf, facts),
  };
}

/** Sorts facts by edge and source and joins those of one (edge, source): min, max, max, max, max, and. */
function buildFacts(edges: number, edgeOf: Int32Array, entries: FactEntries): EdgeFactColumns {
  const edge = entries.edge.view().map((e) => edgeOf[e] as number);
  const { start, order } = sortByRow(edges, edge);
  const source = entries.source.view();
  sortWithinRows(start, order, (a, b) => (source[a] as number) - (source[b] as number));
  const size = order.length;
  const facts = {
    source: new Int32Array(size),
    firstSeen: new Float64Array(size),
    lastSeen: new Float64Array(size),
    connections: new Float64Array(size),
    bytesOut: new Float64Array(size),
    bytesIn: new Float64Array(size),
    guessed: new Uint8Array(size),
  };
  const widest = (column: Float64Array, at: number, value: number, again: boolean): void => {
    column[at] = again ? Math.max(column[at] as number, value) : value;
  };
  let end = 0;
  for (let e = 0; e < edges; e++) {
    const first = end;
    const last = start[e + 1] as number;
    for (let i = start[e] as number; i < last; i++) {
      const f = order[i] as number;
      const again = end > first && facts.source[end - 1] === source[f];
      const at = again ? end - 1 : end++;
      facts.source[at] = source[f] as number;
      const firstSeen = entries.firstSeen.at(f);
      facts.firstSeen[at] = again ? Math.min(facts.firstSeen[at] as number, firstSeen) : firstSeen;
      widest(facts.lastSeen, at, entries.lastSeen.at(f), again);
      widest(facts.connections, at, entries.connections.at(f), again);
      widest(facts.bytesOut, at, entries.bytesOut.at(f), again);
      widest(facts.bytesIn, at, entries.bytesIn.at(f), again);
      const guessed = entries.guessed.at(f);
      facts.guessed[at] = again ? (facts.guessed[at] as number) & guessed : guessed;
    }
    start[e] = first;
  }
  start[edges] = end;
  return {
    start,
    source: facts.source.slice(0, end),
    firstSeen: facts.firstSeen.slice(0, end),
    lastSeen: facts.lastSeen.slice(0, end),
    connections: facts.connections.slice(0, end),
    bytesOut: facts.bytesOut.slice(0, end),
    bytesIn: facts.bytesIn.slice(0, end),
    guessed: facts.guessed.slice(0, end),
  };
}
