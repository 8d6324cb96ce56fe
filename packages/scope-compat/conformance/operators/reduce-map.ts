import {
  asNodeId,
  group,
  type NodeId,
  type Plan,
  reduce,
  SymbolTable,
  type TopologyName,
} from '@ridgeline/core';
import { singleMetrics, toParents } from '@ridgeline/renderers-builtin';
import type { ConformanceCase } from '../case.ts';
import type { ManifestEntry } from '../folder.ts';
import { type JsonMap, listOf, mapOf, textOf, textsOf } from '../json.ts';
import { topologyForm } from '../node-form.ts';
import { interpretOver, readGraph } from './graph.ts';

/** Reducing, mapping and handing down metrics, over random graphs. */
export function reduceMapCases(entry: ManifestEntry, file: JsonMap): readonly ConformanceCase[] {
  return listOf(file.cases).map((item, i): ConformanceCase => {
    const one = mapOf(item);
    const op = textOf(one.op);
    const run = OPERATIONS.get(op);
    const head = { kind: 'operators', name: entry.name, part: `${op} ${textOf(one.name)}` };
    if (run === undefined) return { ...head, skipped: 'no such operation', comparisons: [] };
    return {
      ...head,
      comparisons: [
        {
          at: `${entry.file}:/cases/${i}/expect`,
          expected: one.expect ?? null,
          actual: () => ({ nodes: run(one) }),
          options: {
            emptyIsAbsent: true,
            ignoreKey: (key, path) => path === '' && key !== 'nodes',
          },
        },
      ],
    };
  });
}

const OPERATIONS: ReadonlyMap<string, (one: JsonMap) => Record<string, unknown>> = new Map([
  ['reduce', reduceGraphs],
  ['map', mapGraph],
  ['map2parent', mapToParents],
  ['propagateSingleMetrics', handDownMetrics],
]);

function nodesOf(graph: unknown): JsonMap {
  return mapOf(mapOf(graph).nodes);
}

/**
 * The end of an edge may be a node of another input, or of none. Our topologies have no edge without an end: nodes of
 * other inputs are put in bare, and ends that no input has are added to the result's form as the inputs have them.
 */
function reduceGraphs(one: JsonMap): Record<string, unknown> {
  const symbols = new SymbolTable();
  const inputs = listOf(one.inputs).map(nodesOf);
  const kinds = new Map<string, string>();
  for (const nodes of inputs) {
    for (const [id, node] of Object.entries(nodes)) kinds.set(id, textOf(mapOf(node).topology));
  }
  const graphs = inputs.map((nodes) => readGraph(nodes, symbols, bareEnds(nodes, kinds)));
  const form = topologyForm(interpretOver(symbols, graphs, (...of) => reduce(...of)));
  return Object.fromEntries(
    Object.entries(form).map(([id, node]) => [id, withLooseEnds(id, mapOf(node), inputs, kinds)]),
  );
}

function bareEnds(nodes: JsonMap, kinds: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const bare = new Map<string, string>();
  for (const node of Object.values(nodes)) {
    for (const id of textsOf(mapOf(node).adjacency)) {
      const kind = kinds.get(id);
      if (kind !== undefined && nodes[id] === undefined) bare.set(id, kind);
    }
  }
  return bare;
}

function withLooseEnds(
  id: string,
  node: JsonMap,
  inputs: readonly JsonMap[],
  kinds: ReadonlyMap<string, string>,
): unknown {
  const loose = inputs.flatMap((nodes) =>
    textsOf(mapOf(nodes[id]).adjacency).filter((end) => !kinds.has(end)),
  );
  return { ...node, adjacency: [...new Set([...textsOf(node.adjacency), ...loose])].sort() };
}

function mapGraph(one: JsonMap): Record<string, unknown> {
  const symbols = new SymbolTable();
  const table = mapOf(one.table);
  const kinds = new Map(Object.values(table).map((target) => [textsOf(target)[0], textsOf(target)[1]]));
  const by = ({ id }: { readonly id: NodeId }): NodeId | undefined => {
    const [to] = textsOf(table[id]);
    return to === undefined ? undefined : asNodeId(to);
  };
  const graph = interpretOver(symbols, [readGraph(nodesOf(one.input), symbols)], (of) =>
    group(of as Plan, {
      into: [...kinds.values()][0] ?? 'none',
      by,
      pseudo: 'ask',
      counted: false,
      selfLoops: 'keep',
    }),
  );
  return topologyForm(graph);
}

function mapToParents(one: JsonMap): Record<string, unknown> {
  const topologies = textsOf(one.topologies) as unknown as readonly [TopologyName, ...TopologyName[]];
  const without = textOf(one.noParentsPseudoID);
  return overInput(one, (of) => toParents(of, topologies, without === '' ? {} : { without }));
}

function handDownMetrics(one: JsonMap): Record<string, unknown> {
  return overInput(one, (of) => singleMetrics(of, textOf(one.topology)));
}

function overInput(one: JsonMap, plan: (of: Plan) => Plan): Record<string, unknown> {
  const symbols = new SymbolTable();
  const graph = readGraph(nodesOf(one.input), symbols);
  return topologyForm(interpretOver(symbols, [graph], (of) => plan(of as Plan)));
}
