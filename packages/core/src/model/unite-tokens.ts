import type { Sym, SymbolTable } from '../ids/symbol-table.ts';
import type { LatestEntries } from './build-columns.ts';

/**
 * Gives differing values of one key of a node the union of their `;`-separated tokens, at the newest time.
 *
 * Several probes on one host each offer controls of their own; the last writer must not take away those of the
 * others (RULES.md §2, weaveworks/scope#2867). Changes the entries' value and time columns in place.
 */
export function uniteTokens(symbols: SymbolTable, entries: LatestEntries, key: Sym): void {
  const byRow = new Map<number, number[]>();
  for (let e = 0; e < entries.key.length; e++) {
    if (entries.key[e] !== key) continue;
    const row = entries.row[e] as number;
    const same = byRow.get(row);
    if (same === undefined) byRow.set(row, [e]);
    else same.push(e);
  }
  for (const same of byRow.values()) {
    if (new Set(same.map((e) => entries.value[e])).size < 2) continue;
    const tokens = new Set<string>();
    let newest = entries.time[same[0] as number] as number;
    for (const e of same) {
      for (const token of symbols.text(entries.value[e] as number).split(';')) tokens.add(token);
      const time = entries.time[e] as number;
      if (symbols.compareInstants(time, newest) > 0) newest = time;
    }
    const united = symbols.intern(
      [...tokens]
        .filter((t) => t !== '')
        .sort()
        .join(';'),
    );
    for (const e of same) {
      entries.value[e] = united;
      entries.time[e] = newest;
    }
  }
}
