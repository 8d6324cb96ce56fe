import { builtinViews } from '@ridgeline/renderers-builtin';
import { topologyListToJson } from '@ridgeline/scope-compat';
import { parametersOf, topologyListForm } from '../api-form.ts';
import type { Comparison, ConformanceCase } from '../case.ts';
import type { ConformanceFolder, ManifestEntry } from '../folder.ts';
import { type Json, type JsonMap, listOf, mapOf, textOf } from '../json.ts';
import { siteViews } from '../scope-views.ts';
import { sessionOf } from '../session-cache.ts';
import { variantsOf } from './variants.ts';

/** Asks for the list of views under a query. */
export type AskList = (query: string) => readonly unknown[];

/** Asks the public engine. */
function askEngine(folder: ConformanceFolder, entry: ManifestEntry): AskList {
  return (query) => {
    const session = sessionOf(folder, entry.input ?? '');
    return topologyListToJson(session.engine.registry.views.values(), session.context, (view) => {
      const { topology, ledger } = session.render(session.request(view.name, parametersOf(query)));
      return { topology, filtered: ledger.filtered };
    });
  };
}

/**
 * The list of views with their figures.
 *
 * @param ask - who is asked
 */
export function topologyListCases(
  folder: ConformanceFolder,
  entry: ManifestEntry,
  ask: AskList = askEngine(folder, entry),
): readonly ConformanceCase[] {
  const twins = new Map<string, { readonly at: string; readonly body: Json }>();
  if (entry.fixed !== undefined) {
    for (const [i, item] of listOf(mapOf(folder.read(entry.fixed)).requests).entries()) {
      const at = `${entry.fixed}:/requests/${i}/body`;
      twins.set(textOf(mapOf(item).query), { at, body: mapOf(item).body ?? null });
    }
  }
  return listOf(mapOf(folder.read(entry.file)).requests).map((item, i): ConformanceCase => {
    const query = textOf(mapOf(item).query);
    const own = { at: `${entry.file}:/requests/${i}/body`, body: mapOf(item).body ?? null };
    const { at, body } = twins.get(query) ?? own;
    const actual = (): readonly Json[] => topologyListForm(ask(query));
    return {
      kind: 'topology-list',
      name: entry.name,
      part: query === '' ? 'without parameters' : query,
      comparisons: [
        {
          at,
          expected: body,
          actual,
          options: { skip: siteStats(body), ignoreKey: (key) => key === 'filtered_nodes' },
        },
        ...siteFigures(folder, entry, query, actual),
      ],
    };
  });
}

/** The paths of the figures of views that filter at an inner site: what the original says of them is superseded. */
function siteStats(body: Json): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const [i, entry] of listOf(body).entries()) {
    for (const [j, child] of listOf(mapOf(entry).sub_topologies).entries()) {
      if (siteViews.has(viewOf(child))) paths.add(`/${i}/sub_topologies/${j}/stats`);
    }
  }
  return paths;
}

function viewOf(entry: Json): string {
  return textOf(mapOf(entry).url).split('/').at(-1) ?? '';
}

/** The figures of those views as kind "site" has them, where it has the same input and options. */
function siteFigures(
  folder: ConformanceFolder,
  entry: ManifestEntry,
  query: string,
  actual: () => readonly Json[],
): readonly Comparison[] {
  const site = folder.entries.find((other) => other.kind === 'site' && other.input === entry.input);
  if (site === undefined) return [];
  return Object.entries(mapOf(mapOf(folder.read(site.file)).topologies)).flatMap(([view, topology]) => {
    const same = variantsOf(mapOf(topology)).find(({ options }) =>
      sameOptions(view, options, parametersOf(query)),
    );
    if (same === undefined) return [];
    const adjacency = Object.values(mapOf(same.expected.adjacency));
    return [
      {
        at: `${site.file}:/topologies/${view}${same.at} (figures)`,
        expected: {
          node_count: same.expected.shown ?? null,
          edge_count: adjacency.reduce((sum: number, targets) => sum + listOf(targets).length, 0),
        },
        actual: () => {
          const entries = actual().flatMap((item) => listOf(mapOf(item).sub_topologies));
          const stats = mapOf(mapOf(entries.find((item) => viewOf(item) === view)).stats);
          return { node_count: stats.node_count, edge_count: stats.edge_count };
        },
        derived: true,
      },
    ];
  });
}

/** Whether two sets of parameters ask the same of a view: each group by its value or, with any parameter, its default. */
function sameOptions(view: string, a: JsonMap | null, b: JsonMap | null): boolean {
  if (a === null || b === null) return a === b;
  const groups = builtinViews.find((candidate) => candidate.name === view)?.options ?? [];
  return groups.every(({ id, default: value }) => (a[id] ?? value) === (b[id] ?? value));
}
