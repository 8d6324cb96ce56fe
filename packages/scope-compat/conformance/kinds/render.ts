import { topologyStats } from '@ridgeline/scope-compat';
import type { Comparison, ConformanceCase } from '../case.ts';
import type { CompareOptions } from '../compare.ts';
import type { ConformanceFolder, ManifestEntry } from '../folder.ts';
import { type Json, type JsonMap, mapOf, textsOf } from '../json.ts';
import { adjacencyForm, topologyForm } from '../node-form.ts';
import { isColoured, siteViews } from '../scope-views.ts';
import { sessionOf } from '../session-cache.ts';
import { partOf, type Variant, variantsOf } from './variants.ts';

/** Above so many nodes of a report the expectations say less of each node (README of the data). */
const BASIC_SUMMARIES_ABOVE = 500;
const NO_ATTRIBUTES_ABOVE = 2200;
const BASIC = ['label', 'labelMinor', 'rank', 'shape', 'tag', 'stack', 'pseudo'];

/** All views of an input: every node before any option, and what is left with options. */
export function renderCases(folder: ConformanceFolder, entry: ManifestEntry): readonly ConformanceCase[] {
  const file = mapOf(folder.read(entry.file));
  const twins = entry.fixed === undefined ? {} : mapOf(mapOf(folder.read(entry.fixed)).topologies);
  const size = Object.values(mapOf(file.input_node_counts)).reduce((sum: number, n) => sum + Number(n), 0);
  return Object.entries(mapOf(file.topologies)).flatMap(([view, flawed]) => {
    const fixed = twins[view];
    const truth = mapOf(fixed ?? flawed);
    const skip = fixed === undefined ? skippedPaths(truth) : [];
    const file = fixed === undefined ? entry.file : (entry.fixed ?? entry.file);
    const at = `${file}:/topologies/${view}`;
    const one = { kind: 'render', name: entry.name, view };
    const base: ConformanceCase = {
      ...one,
      part: `${view} base`,
      comparisons: [baseComparison(folder, entry, view, `${at}/base`, truth.base ?? null, size, skip)],
    };
    const variants = variantsOf(truth)
      .filter(({ options }) => options === null || !siteViews.has(view))
      .map((variant): ConformanceCase => {
        const part = partOf(view, variant.options);
        if (skip.includes('/variants')) {
          return { ...one, part, skipped: 'a known bug of the original, and no twin', comparisons: [] };
        }
        return { ...one, part, comparisons: variantComparisons(folder, entry, view, at, truth, variant) };
      });
    return [base, ...variants];
  });
}

function skippedPaths(topology: JsonMap): readonly string[] {
  return [...textsOf(topology.unstable), ...textsOf(topology.known_wrong)];
}

function baseComparison(
  folder: ConformanceFolder,
  entry: ManifestEntry,
  view: string,
  at: string,
  expected: Json,
  size: number,
  skip: readonly string[],
): Comparison {
  const unsaid = new Set(size > NO_ATTRIBUTES_ABOVE ? ['latest', 'sets', 'metrics'] : []);
  const options: CompareOptions = {
    skip: new Set(skip),
    emptyIsAbsent: true,
    ignoreKey: (key, path) => {
      if (path === '') return key !== 'nodes';
      const steps = path.split('/').length - 1;
      if (steps === 2) return unsaid.has(key);
      return steps === 3 && path.endsWith('/summary') && size > BASIC_SUMMARIES_ABOVE && !BASIC.includes(key);
    },
  };
  return {
    at,
    expected,
    actual: () => {
      const session = sessionOf(folder, entry.input ?? '');
      const topology = session.interpret(session.view(view).renderer.plan);
      return { nodes: topologyForm(topology, { session, coloured: isColoured(session.view(view)) }) };
    },
    options,
  };
}

function variantComparisons(
  folder: ConformanceFolder,
  entry: ManifestEntry,
  view: string,
  at: string,
  truth: JsonMap,
  { options, at: place, expected }: Variant,
): readonly Comparison[] {
  const result = (): ReturnType<ReturnType<typeof sessionOf>['render']> => {
    const session = sessionOf(folder, entry.input ?? '');
    return session.render(session.request(view, options));
  };
  const total = Object.keys(mapOf(mapOf(truth.base).nodes)).length;
  const shown = Object.keys(mapOf(expected.adjacency)).length;
  return [
    {
      at: `${at}${place}/adjacency`,
      expected: expected.adjacency ?? null,
      actual: () => adjacencyForm(result().topology),
    },
    {
      at: `${at}${place}/stats`,
      expected: expected.stats ?? null,
      actual: () => topologyStats(result().topology, 0),
      // The original's figure counts what inner filters drop, too.
      options: { ignoreKey: (key) => key === 'filtered_nodes' },
    },
    {
      at: `${at}${place} (ledger)`,
      expected: { total, shown, filtered: total - shown },
      actual: () => {
        const { ledger } = result();
        return { total: ledger.total, shown: ledger.shown, filtered: ledger.filtered };
      },
      derived: true,
    },
  ];
}
