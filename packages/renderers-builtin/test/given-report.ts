import {
  asNodeId,
  coreFields,
  type DnsNames,
  FieldCatalogue,
  type FilterEnvironment,
  Interpreter,
  makeReport,
  type Plan,
  type Report,
  readNode,
  SymbolTable,
  setAttribute,
  type Topology,
  TopologyBuilder,
  textAttribute,
} from '@ridgeline/core';
import { builtinFilters } from '@ridgeline/filters-builtin';
import { vocabularyFields } from '@ridgeline/vocabulary';

/** What the filters in plans need to know. */
export const environment: FilterEnvironment = {
  fields: new FieldCatalogue([...coreFields, ...vocabularyFields]),
  filters: new Map(builtinFilters.map((def) => [def.name, def])),
};

/** What a test says of a node. */
export interface GivenNode {
  readonly latest?: Readonly<Record<string, string>>;
  readonly sets?: Readonly<Record<string, readonly string[]>>;
  readonly parents?: Readonly<Record<string, readonly string[]>>;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly to?: readonly string[];
}

/** Nodes by topology and id. */
export type GivenReport = Readonly<Record<string, Readonly<Record<string, GivenNode>>>>;

/** The report in which all that is given is seen at one time. */
export function reportOf(given: GivenReport, dns: Readonly<Record<string, DnsNames>> = {}): Report {
  const symbols = new SymbolTable();
  const topologies = Object.entries(given).map(([name, nodes]) => {
    const builder = new TopologyBuilder(name, symbols, 0);
    for (const [id, node] of Object.entries(nodes)) writeNode(builder, id, node);
    return builder.build();
  });
  return makeReport({
    symbols,
    window: { from: 0, to: 1000 },
    topologies,
    dns: new Map(Object.entries(dns)),
  });
}

function writeNode(builder: TopologyBuilder, id: string, node: GivenNode): void {
  const row = builder.row(asNodeId(id));
  for (const [key, value] of Object.entries(node.latest ?? {})) {
    builder.set(row, textAttribute(key), value);
  }
  for (const [key, values] of Object.entries(node.sets ?? {})) {
    for (const value of values) builder.set(row, setAttribute(key), value);
  }
  for (const [topology, ids] of Object.entries(node.parents ?? {})) {
    for (const parent of ids) builder.parent(row, topology, asNodeId(parent));
  }
  for (const [key, value] of Object.entries(node.metrics ?? {})) {
    builder.metric(row, key, 0, 100);
    builder.sample(0, value);
  }
  for (const target of node.to ?? []) builder.edge(row, asNodeId(target));
}

/** What a plan makes of a report. */
export function render(plan: Plan, report: Report): Topology {
  return new Interpreter(environment).interpret(plan, report);
}

/** The ids a plan yields, each with those it has an edge to; all ascending. */
export function edgesOf(plan: Plan, given: GivenReport): Readonly<Record<string, readonly string[]>> {
  return edgesOfTopology(render(plan, reportOf(given)));
}

/** The ids of a topology, each with those it has an edge to; all ascending. */
export function edgesOfTopology(topology: Topology): Readonly<Record<string, readonly string[]>> {
  const edges: [string, readonly string[]][] = [];
  for (let row = 0; row < topology.size; row++) {
    const { start, to } = topology.out;
    const targets = [...to.subarray(start[row], start[row + 1])].map((target) => topology.idOf(target));
    edges.push([topology.idOf(row), targets.sort()]);
  }
  return Object.fromEntries(edges.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The members of a node, as `topology id`, ascending. */
export function membersOf(topology: Topology, id: string): readonly string[] {
  const row = rowOf(topology, id);
  const { start, table, row: rows, tables } = topology.members;
  const members: string[] = [];
  for (let m = start[row] as number; m < (start[row + 1] as number); m++) {
    const from = tables[table[m] as number] as Topology;
    members.push(`${from.kindOf(rows[m] as number)} ${from.idOf(rows[m] as number)}`);
  }
  return members.sort();
}

/** A reader of the node of an id. */
export function nodeOf(topology: Topology, id: string): ReturnType<typeof readNode> {
  return readNode(topology, rowOf(topology, id));
}

function rowOf(topology: Topology, id: string): number {
  const row = topology.rowOf(id);
  if (row === undefined) throw new Error(`there is no node ${id}`);
  return row;
}
