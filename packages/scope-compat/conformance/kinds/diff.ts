import { diffToJson, topologyToJson } from '@ridgeline/scope-compat';
import type { ConformanceCase } from '../case.ts';
import type { ConformanceFolder, ManifestEntry } from '../folder.ts';
import { type JsonMap, listOf, mapOf, textOf } from '../json.ts';
import { siteViews } from '../scope-views.ts';
import { Session } from '../session.ts';

/** What a websocket sends from one step to another. */
export function diffCases(folder: ConformanceFolder, entry: ManifestEntry): readonly ConformanceCase[] {
  const file = mapOf(folder.read(entry.file));
  const steps = listOf(file.steps);
  const sessions = new Map<number, Session>();
  const session = (step: number): Session => {
    const known = sessions.get(step) ?? new Session(listOf(steps[step]).map(mapOf));
    sessions.set(step, known);
    return known;
  };
  const nodes = (
    step: number,
    view: string,
    options: JsonMap | null,
  ): ReadonlyMap<string, Record<string, unknown>> => {
    const { report, engine } = session(step);
    const { topology } = session(step).render(session(step).request(view, options));
    return topologyToJson(topology, engine.registry.definitions, report);
  };
  return listOf(file.diffs).map((item, i): ConformanceCase => {
    const diff = mapOf(item);
    const view = textOf(diff.topology);
    const options = diff.options === null ? null : mapOf(diff.options);
    const from = Number(diff.from);
    const to = Number(diff.to);
    const one = {
      kind: 'diff',
      name: entry.name,
      view,
      part: `${view} ${options === null ? 'without parameters' : JSON.stringify(options)} ${from} to ${to}`,
    };
    if (options !== null && siteViews.has(view)) {
      return { ...one, skipped: 'filters on this view act at its site: see kind "site"', comparisons: [] };
    }
    return {
      ...one,
      comparisons: [
        {
          at: `${entry.file}:/diffs/${i}/expect`,
          expected: diff.expect ?? null,
          actual: () => {
            const before = from < 0 ? undefined : nodes(from, view, options);
            return diffToJson(before, nodes(to, view, options));
          },
        },
      ],
    };
  });
}
