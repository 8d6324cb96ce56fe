import type { ClauseInput, FilterExpr } from '@ridgeline/core';
import type { ChainEntry, ConfigFilter } from './config.ts';
import { type ConfigPath, isEntries, printPath } from './config-path.ts';
import type { FilterReader } from './filter-reader.ts';
import { type FilterScope, reportFaults } from './named-filters.ts';

/**
 * Reads a chain of filters; each clause says by its origin where it was written: `ridgeline.config.yaml#views.all.filters[0]`.
 *
 * @param check - what else is asked of each clause, and where that is written
 */
export function readChain(
  chain: readonly (ConfigFilter | ChainEntry | undefined)[],
  path: ConfigPath,
  reader: FilterReader,
  scope: FilterScope,
  check: (expr: FilterExpr, path: ConfigPath) => void = () => {},
): readonly ClauseInput[] {
  const clauses: ClauseInput[] = [];
  for (const [i, entry] of chain.entries()) {
    if (entry === undefined) continue;
    const at = [...path, i];
    const place = scope.placeOf(at);
    const from = { kind: 'config', path: `${place.file.name}#${printPath(place.path)}` } as const;
    const details = isChainEntry(entry) ? entry : undefined;
    const read = reader.read(details === undefined ? entry : details.where, from, details);
    const filterAt = details === undefined ? at : [...at, 'where'];
    if (read.ok) {
      clauses.push(read.clause);
      check(read.clause.expr, filterAt);
    } else reportFaults(read.faults, filterAt, scope);
  }
  return clauses;
}

/** An object with `where` is no filter of the JSON form: it is one with more said about it. */
function isChainEntry(entry: ConfigFilter | ChainEntry): entry is ChainEntry {
  return isEntries(entry) && Object.hasOwn(entry, 'where');
}
