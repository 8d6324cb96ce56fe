import { applyLayer, compileLayer, Engine, reportTime } from '@ridgeline/core';
import { builtinViews } from '@ridgeline/renderers-builtin';
import { scopeRequest, withLabelFilters } from '@ridgeline/scope-compat';
import type { ConformanceCase } from '../case.ts';
import type { ConformanceFolder, ManifestEntry } from '../folder.ts';
import { type JsonMap, listOf, mapOf, textOf, textsOf } from '../json.ts';
import { adjacencyForm } from '../node-form.ts';
import { pluginWith } from '../session.ts';
import { sessionOf } from '../session-cache.ts';

/** Filters that an app is started with, as choices of a view; they act on the view's own nodes, as the original's do. */
export function labelFilterCases(
  folder: ConformanceFolder,
  entry: ManifestEntry,
  section: JsonMap,
): readonly ConformanceCase[] {
  const input = textOf(section.input);
  return listOf(section.cases).map((item, i): ConformanceCase => {
    const one = mapOf(item);
    const view = textOf(one.topology);
    const [key = '', value = ''] = textsOf(one.label);
    const exclude = one.exclude === true;
    const adjacency = (): Record<string, readonly string[]> => {
      const session = sessionOf(folder, input);
      const views = withLabelFilters(builtinViews, [{ title: key, key, value, exclude }]);
      const engine = new Engine({ plugins: [pluginWith(views)] });
      const def = engine.registry.view(view);
      const parameters = new Map(Object.entries(mapOf(one.options)).map(([k, v]) => [k, textOf(v)]));
      const layer = compileLayer(
        engine.layer(scopeRequest(def, parameters, session.context)),
        engine.registry.environment,
      );
      const whole = session.interpret(def.renderer.plan);
      return adjacencyForm(applyLayer(whole, layer, { now: reportTime(session.report) }).topology);
    };
    return {
      kind: 'operators',
      name: entry.name,
      view,
      part: `label filter ${view} ${exclude ? 'without' : 'with'} ${key}=${value}`,
      comparisons: [
        {
          at: `${entry.file}:/customContainerFilters/cases/${i}/adjacency`,
          expected: one.adjacency ?? null,
          actual: adjacency,
        },
      ],
    };
  });
}
