import { NONE, type Sym } from '../ids/symbol-table.ts';
import type { Topology } from '../model/topology.ts';

/** The members of a family of fields that there are now, and on how many nodes. */
export type FieldMembers = ReadonlyMap<string, number>;

/** What rows are keyed by: attributes, parents or time series. */
export interface KeyedRows {
  readonly start: Uint32Array;
  readonly key: Int32Array;
}

/** The keys that the rows of a topology have, and how many rows have each: O(entries). */
export function countKeys(topology: Topology, { start, key }: KeyedRows): FieldMembers {
  const counts = new Map<Sym, number>();
  for (let row = 0; row < topology.size; row++) {
    const at = topology.columnRowOf(row);
    if (at === NONE) continue;
    const end = start[at + 1] as number;
    let before = NONE;
    for (let e = start[at] as number; e < end; e++) {
      const symbol = key[e] as number;
      // A set has an entry for each value: equal keys stand side by side.
      if (symbol !== before) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
      before = symbol;
    }
  }
  return new Map([...counts].map(([symbol, count]) => [topology.symbols.text(symbol), count]));
}

/**
 * The keys under some prefixes, without them. A member under several prefixes is counted by the prefix under which most
 * nodes have it: how many have it under any of them is not worth another pass.
 */
export function countPrefixed(topology: Topology, prefixes: readonly string[]): FieldMembers {
  const members = new Map<string, number>();
  for (const [key, count] of countKeys(topology, topology.columns.latest)) {
    for (const prefix of prefixes) {
      if (prefix === '' || key.length === prefix.length || !key.startsWith(prefix)) continue;
      const member = key.slice(prefix.length);
      members.set(member, Math.max(members.get(member) ?? 0, count));
    }
  }
  return members;
}

/** The topologies that rows have members of, and how many rows have each. */
export function countCounts(topology: Topology): FieldMembers {
  const members = new Map<string, number>();
  for (const [symbol, counts] of topology.counts) {
    let rows = 0;
    for (const count of counts) if (count > 0) rows++;
    if (rows > 0) members.set(topology.symbols.text(symbol), rows);
  }
  return members;
}
