import {
  applyLayer,
  compileLayer,
  type DetailsScope,
  definePlugin,
  Engine,
  type FilterEnvironment,
  Interpreter,
  type Ledger,
  type Plan,
  type Plugin,
  RenderScope,
  type Report,
  reportTime,
  type Topology,
  TrackedContext,
  type ViewDef,
  type ViewRequest,
} from '@ridgeline/core';
import { builtinFilters } from '@ridgeline/filters-builtin';
import { builtinRenderers, builtinViews } from '@ridgeline/renderers-builtin';
import {
  completeReport,
  decodeScopeReport,
  mergeScopeReports,
  type ScopeReport,
  scopeDefinitions,
  scopeRequest,
  upgradeReport,
} from '@ridgeline/scope-compat';
import { vocabularyFields } from '@ridgeline/vocabulary';
import { type JsonMap, textOf } from './json.ts';

/** All that is built in, with topologies that take from reports what they show of nodes. */
export function pluginWith(views: readonly ViewDef[]): Plugin {
  return definePlugin({
    name: 'built-in',
    contribute: () => ({
      topologies: scopeDefinitions,
      fields: vocabularyFields,
      filters: builtinFilters as readonly never[],
      renderers: builtinRenderers,
      views,
    }),
  })();
}

/** All that is built in, as {@link pluginWith} has it. */
export const builtIn: Plugin = pluginWith(builtinViews);

/** What the names of built-in filters and fields mean. */
export const builtInEnvironment: FilterEnvironment = new Engine({ plugins: [builtIn] }).registry.environment;

/** The public engine with the reports of one input in it. */
export class Session {
  readonly engine: Engine;
  readonly merged: ScopeReport;
  readonly #scope = new RenderScope();
  readonly #interpreter: Interpreter;

  /** @param documents - reports in their JSON form, in order of arrival */
  constructor(documents: readonly JsonMap[]) {
    this.engine = new Engine({ plugins: [builtIn] });
    this.#interpreter = new Interpreter(this.engine.registry.environment);
    const { symbols } = this.engine;
    this.merged = mergeScopeReports(
      symbols,
      documents.map((document) => upgradeReport(decodeScopeReport(document, symbols))),
    );
    const origin = { source: 'scope', host: 'input' };
    const accepted = this.engine.ingest(origin, completeReport(this.merged), 1000, { now: 0, monotonic: 0 });
    if (!accepted) throw new Error(this.engine.sources.map((source) => source.message).join('; '));
  }

  get report(): Report {
    return this.engine.report;
  }

  get context(): TrackedContext {
    return new TrackedContext(this.report, this.#scope);
  }

  view(name: string): ViewDef {
    return this.engine.registry.view(name);
  }

  /** A stage of a plan. */
  interpret(plan: Plan): Topology {
    return this.#interpreter.interpret(plan, this.report);
  }

  /** What a request of Scope's API asks of a view. */
  request(view: string, options: JsonMap | null): ViewRequest {
    const parameters =
      options === null
        ? undefined
        : new Map(Object.entries(options).map(([key, value]) => [key, textOf(value)]));
    return scopeRequest(this.view(view), parameters, this.context);
  }

  render(request: ViewRequest): { readonly topology: Topology; readonly ledger: Ledger } {
    return this.engine.render(request);
  }

  /**
   * Where Scope reads the details of a node: its option filters act on the view's own nodes, also where ours act at an
   * inner site.
   */
  detailsScope(view: string, options: JsonMap | null): DetailsScope {
    const { engine, report } = this;
    const whole = this.interpret(this.view(view).renderer.plan);
    const layer = compileLayer(engine.layer(this.request(view, options)), engine.registry.environment);
    const { topology: shown } = applyLayer(whole, layer, { now: reportTime(report) });
    return { whole, shown, definitions: engine.registry.definitions, report };
  }
}
