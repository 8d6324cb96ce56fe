import {
  applyLayer,
  type ClauseInput,
  compileFilter,
  compileLayer,
  degrees,
  type FilterExpr,
  foldLayer,
  type OrphanPolicy,
  SymbolTable,
  type Topology,
} from '@ridgeline/core';
import type { Comparison, ConformanceCase } from '../case.ts';
import type { ManifestEntry } from '../folder.ts';
import { type JsonMap, listOf, mapOf, textOf } from '../json.ts';
import { adjacencyForm } from '../node-form.ts';
import { builtInEnvironment } from '../session.ts';
import { readGraph } from './graph.ts';
import { marked, predicateOf } from './predicate.ts';

const environment = {
  ...builtInEnvironment,
  filters: new Map([...builtInEnvironment.filters, [marked.name, marked]]),
};

/** What each operation of the original is in our layer. */
const OPERATIONS: ReadonlyMap<
  string,
  { readonly pseudo: 'exempt' | 'test'; readonly orphans: OrphanPolicy }
> = new Map([
  ['filter', { pseudo: 'test', orphans: 'keep' }],
  ['makeFilter', { pseudo: 'exempt', orphans: 'keep' }],
  ['filter+filterUnconnectedPseudo', { pseudo: 'test', orphans: 'drop-pseudo' }],
  ['filterUnconnected', { pseudo: 'test', orphans: 'drop' }],
  ['filterUnconnectedPseudo', { pseudo: 'test', orphans: 'drop-pseudo' }],
]);

/** Predicates and filter steps over random graphs. */
export function filterCases(entry: ManifestEntry, file: JsonMap): readonly ConformanceCase[] {
  return listOf(file.graphs).flatMap((item, g): readonly ConformanceCase[] => {
    const graph = mapOf(item);
    const topology = (): Topology => readGraph(mapOf(mapOf(graph.input).nodes), new SymbolTable());
    const at = `${entry.file}:/graphs/${g}`;
    const one = { kind: 'operators', name: entry.name };
    const predicates = listOf(graph.predicates).map((p, i): ConformanceCase => {
      const { predicate = null, result = null } = mapOf(p);
      const part = `${textOf(graph.name)} ${JSON.stringify(predicate)}`;
      const expr = predicateOf(predicate);
      if (expr === undefined) return { ...one, part, skipped: 'no such predicate', comparisons: [] };
      return {
        ...one,
        part,
        comparisons: [
          { at: `${at}/predicates/${i}/result`, expected: result, actual: () => evaluate(topology(), expr) },
        ],
      };
    });
    const steps = listOf(graph.steps).map((s, i) =>
      stepCase(one, graph, mapOf(s), topology, `${at}/steps/${i}`),
    );
    return [...predicates, ...steps];
  });
}

function evaluate(topology: Topology, expr: FilterExpr): Record<string, boolean> {
  const holds = compileFilter(expr, environment)(topology, { now: 0 });
  return Object.fromEntries([...holds].map((byte, row) => [topology.idOf(row), byte === 1]));
}

function stepCase(
  one: { readonly kind: string; readonly name: string },
  graph: JsonMap,
  step: JsonMap,
  topology: () => Topology,
  at: string,
): ConformanceCase {
  const op = textOf(step.op);
  const expect = mapOf(step.expect);
  const part = `${textOf(graph.name)} ${op} ${JSON.stringify(step.predicate ?? '')}`;
  if (op === 'colorConnected') return { ...one, part, comparisons: colouring(expect, topology, at) };
  const operation = OPERATIONS.get(op);
  const expr = step.predicate === undefined ? undefined : predicateOf(step.predicate);
  if (operation === undefined || (step.predicate !== undefined && expr === undefined)) {
    return { ...one, part, skipped: 'no such operation or predicate', comparisons: [] };
  }
  const { pseudo, orphans } = operation;
  const clauses: ClauseInput[] = expr === undefined ? [] : [{ expr, pseudo, from: { kind: 'request' } }];
  const layer = compileLayer(foldLayer(clauses, orphans), environment);
  const nodes = Object.keys(mapOf(mapOf(graph.input).nodes)).length;
  return {
    ...one,
    part,
    comparisons: [
      {
        at: `${at}/expect/adjacency`,
        expected: expect.adjacency ?? null,
        actual: () => adjacencyForm(applyLayer(topology(), layer, { now: 0 }).topology),
      },
      {
        at: `${at} (removed)`,
        expected: nodes - Object.keys(mapOf(expect.adjacency)).length,
        actual: () => applyLayer(topology(), layer, { now: 0 }).ledger.filtered,
        derived: true,
      },
    ],
  };
}

/** Ours keeps no mark: what is connected is asked of the edges. The original keeps marks that were there. */
function colouring(expect: JsonMap, topology: () => Topology, at: string): readonly Comparison[] {
  const connected = (): readonly string[] => {
    const graph = topology();
    const degree = degrees(graph.out);
    return [...degree.keys()].filter((row) => (degree[row] as number) > 0).map((row) => graph.idOf(row));
  };
  const isMarked = (): readonly string[] => {
    const holds = evaluate(topology(), { kind: 'call', name: marked.name, args: [] });
    return Object.keys(holds).filter((id) => holds[id]);
  };
  return [
    {
      at: `${at}/expect/connected`,
      expected: expect.connected ?? null,
      actual: () => [...connected()].sort(),
    },
    {
      at: `${at}/expect/marked`,
      expected: expect.marked ?? null,
      actual: () => [...new Set([...connected(), ...isMarked()])].sort(),
    },
  ].map((comparison) => ({ ...comparison, options: { emptyIsAbsent: true } }));
}
