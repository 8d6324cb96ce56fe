import {
  applyLayer,
  compileLayer,
  type FilterEnvironment,
  type FilterExpr,
  type FilterLayer,
  foldLayer,
  type LayerResult,
  type Ledger,
  type Topology,
} from '@ridgeline/core';
import { canonicalText } from '../plain/canonical-text.ts';

/** A topology, and what the names in a filter mean. */
export interface LayerSubject {
  readonly topology: Topology;
  readonly environment: FilterEnvironment;
}

/** Applies a layer; `now` is 0. */
export function applyTo({ topology, environment }: LayerSubject, layer: FilterLayer): LayerResult {
  return applyLayer(topology, compileLayer(layer, environment), { now: 0 });
}

/** The ids that an expression keeps, pseudo nodes tested and orphans kept. */
export function survivors(subject: LayerSubject, expr: FilterExpr): readonly string[] {
  return idsOf(
    applyTo(subject, foldLayer([{ expr, pseudo: 'test', from: { kind: 'request' } }], 'keep')).topology,
  );
}

export function ledgerText(ledger: Ledger): string {
  return canonicalText({ ...ledger, clauses: new Map(ledger.clauses.map((clause) => [clause.id, clause])) });
}

export function idsOf(topology: Topology): readonly string[] {
  return Array.from({ length: topology.size }, (_, row) => topology.idOf(row));
}
