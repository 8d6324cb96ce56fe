import {
  asNodeId,
  compileFilter,
  coreFields,
  FieldCatalogue,
  type FilterEnvironment,
  type FilterExpr,
  type NodeId,
  parseFilter,
  SymbolTable,
  setAttribute,
  type Topology,
  TopologyBuilder,
  textAttribute,
} from '@ridgeline/core';
import { builtinFilters } from '@ridgeline/filters-builtin';
import { vocabularyFields } from '@ridgeline/vocabulary';

/** What all built-in filters need to know. */
export const environment: FilterEnvironment = {
  fields: new FieldCatalogue([...coreFields, ...vocabularyFields]),
  filters: new Map(builtinFilters.map((def) => [def.name, def])),
};

/** What is known of a node. */
export interface GivenNode {
  readonly latest?: Readonly<Record<string, string>>;
  readonly sets?: Readonly<Record<string, readonly string[]>>;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly to?: readonly string[];
}

/** A topology of some nodes. */
export function topologyOf(name: string, nodes: Readonly<Record<string, GivenNode>>): Topology {
  const builder = new TopologyBuilder(name, new SymbolTable(), 0);
  for (const [id, { latest = {}, sets = {}, metrics = {}, to = [] }] of Object.entries(nodes)) {
    const row = builder.row(asNodeId(id));
    for (const [key, value] of Object.entries(latest)) builder.set(row, textAttribute(key), value);
    for (const [key, values] of Object.entries(sets)) {
      for (const value of values) builder.set(row, setAttribute(key), value);
    }
    for (const [key, value] of Object.entries(metrics)) {
      builder.metric(row, key, 0, 100);
      builder.sample(0, value);
    }
    for (const target of to) builder.edge(row, asNodeId(target));
  }
  return builder.build();
}

/** The ids for which a filter, in text or as an expression, holds. */
export function keep(topology: Topology, filter: string | FilterExpr): readonly NodeId[] {
  const holds = compileFilter(typeof filter === 'string' ? parse(filter) : filter, environment)(topology, {
    now: 0,
  });
  return [...holds.keys()].filter((row) => holds[row] === 1).map((row) => topology.idOf(row));
}

function parse(text: string): FilterExpr {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
  return parsed.expr;
}
