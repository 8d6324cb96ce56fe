import {
  Engine,
  type FilterArgument,
  type FilterDef,
  type Plugin,
  Registry,
  type RendererDef,
  type Report,
  type Snapshot,
  type ViewDef,
  type ViewRequest,
} from '@ridgeline/core';
import * as fc from 'fast-check';
import { layerFields } from '../arbitrary/layers.ts';
import { reports as anyReports } from '../arbitrary/reports.ts';
import { detailsChangeNoCount } from '../laws/details.ts';
import { filterLaws } from './filter-laws.ts';
import { type LawOptions, law } from './law.ts';
import { rendererLaws } from './renderer-laws.ts';

/** What {@link pluginLaws} may be told beside how to register tests. */
export interface PluginLawOptions extends LawOptions {
  /** Reports that the plugin finds something in; any others are tried too. */
  readonly reports: fc.Arbitrary<Report>;
  /** The plugins it builds on, by which names in its filters mean something. */
  readonly beside?: readonly Plugin[];
  /** By filter: arguments that it takes; needed by those with required parameters. */
  readonly args?: Readonly<Record<string, fc.Arbitrary<readonly FilterArgument[]>>>;
  /** Renderers, by name, that make edges which no source reports (law C4 is not asked). */
  readonly makesEdges?: readonly string[];
}

/**
 * The laws of all that a plugin brings: of each renderer (also those that only its views name) {@link rendererLaws}, of each filter
 * {@link filterLaws}, of each view D1, D9 and D14 in an engine, of its topologies that every node has an appearance. Sources
 * have laws of their own, which need a harness: `sourceLaws`.
 *
 * @example pluginLaws(teams(), { test: it, reports: declaredReports({ … }), beside: [vocabulary()] })
 */
export function pluginLaws(plugin: Plugin, options: PluginLawOptions): void {
  const { beside = [], args = {}, makesEdges = [], reports, ...lawOptions } = options;
  const { renderers = [], filters = [], views = [] } = plugin.contributions;
  const registry = new Registry([...beside, plugin]);
  // Generated filters ask for generated attributes.
  const fields = {
    kind: 'plugin',
    name: 'generated',
    contributions: { fields: ownFields(registry) },
  } as const;
  const { environment } = new Registry([...beside, plugin, fields]);
  const ownRenderers = new Map<string, RendererDef>();
  for (const renderer of [...renderers, ...views.map((view) => view.renderer)]) {
    ownRenderers.set(renderer.name, renderer);
  }
  for (const renderer of ownRenderers.values()) {
    const view = views.find((candidate) => candidate.renderer.name === renderer.name)?.name;
    rendererLaws(renderer, {
      ...suffixed(lawOptions, `renderer ${renderer.name}`),
      reports,
      environment,
      edges: makesEdges.includes(renderer.name) ? 'made' : 'reported',
      ...(view === undefined ? {} : { view }),
    });
  }
  for (const filter of filters as readonly FilterDef[]) {
    const own = args[filter.name];
    if (own === undefined && filter.parameters.some((parameter) => parameter.required)) {
      throw new TypeError(`filter ${filter.name} needs arguments: give some as args["${filter.name}"]`);
    }
    filterLaws(filter, {
      ...suffixed(lawOptions, `filter ${filter.name}`),
      environment,
      ...(own === undefined ? {} : { args: own }),
    });
  }
  for (const view of views) viewLaws(view, [...beside, plugin], options);
}

/** D1, D9 and D14 of a view in an engine, with any of the values of its option groups; and that its nodes can be shown. */
function viewLaws(view: ViewDef, plugins: readonly Plugin[], given: PluginLawOptions): void {
  const options = { ...suffixed(given, `view ${view.name}`), view: view.name };
  const reports = fc.oneof({ weight: 4, arbitrary: given.reports }, { weight: 1, arbitrary: anyReports() });
  const requests = requestsOf(view);
  law(
    options,
    'D1',
    'shown + filtered = total, orphaned ≤ filtered',
    [reports, requests],
    (report, request) => {
      const { total, shown, filtered, orphaned } = engineOf(plugins, report).render(request).ledger;
      return shown + filtered === total && orphaned >= 0 && orphaned <= filtered;
    },
  );
  law(options, 'D9', 'no clause and orphans kept: nothing is filtered', [reports], (report) => {
    const request = { view: view.name, raw: true, orphans: 'keep' } as const;
    return engineOf(plugins, report).render(request).ledger.filtered === 0;
  });
  law(options, 'D14', 'details change no count', [reports, requests], (report, request) =>
    detailsChangeNoCount(() => engineOf(plugins, report), request),
  );
  law(options, 'C13', 'every node can be shown', [reports], (report) => {
    const engine = engineOf(plugins, report);
    showAll(engine.render({ view: view.name, raw: true, orphans: 'keep' }));
    const [fault] = engine.faults;
    if (fault !== undefined) throw fault;
    return true;
  });
}

function engineOf(plugins: readonly Plugin[], report: Report): Engine {
  const engine = new Engine({ plugins });
  const now = report.window.to;
  engine.ingest({ source: 'law', host: 'h' }, report, 1000, { now, monotonic: 0 });
  return engine;
}

/** Makes all summaries. */
function showAll(snapshot: Snapshot): void {
  if (snapshot.nodes.size !== snapshot.topology.size) throw new Error('two nodes of one id');
}

/** Requests with any of the values that the view offers whatever is reported. */
function requestsOf({ name, options }: ViewDef): fc.Arbitrary<ViewRequest> {
  const groups = options.flatMap(({ id, values }) =>
    typeof values === 'function'
      ? []
      : [fc.constantFrom(...values.map(({ value }) => value)).map((value) => [id, value] as const)],
  );
  return fc
    .tuple(fc.tuple(...groups), fc.constantFrom('keep' as const, 'drop-pseudo' as const, 'drop' as const))
    .map(([chosen, orphans]) => ({ view: name, options: Object.fromEntries(chosen), orphans }));
}

/** Tests whose names end in what they are about. */
function suffixed<O extends LawOptions>(options: O, what: string): O {
  return { ...options, test: (name, run) => options.test(`${name} (${what})`, run) };
}

function ownFields(registry: Registry): typeof layerFields {
  return layerFields.filter(
    (field) => registry.fields.find(field.name) === undefined && !field.name.endsWith('.'),
  );
}
