import { RidgelineError } from '../errors.ts';
import { type CompiledLayer, compileLayer } from '../filter/apply-layer.ts';
import type { FilterLayer } from '../filter/layer.ts';
import { canonicalJson } from '../internal/canonical-json.ts';
import type { Report } from '../model/report.ts';
import type { Registry } from '../plugin/registry.ts';
import { RenderScope, TrackedContext } from '../render/context.ts';
import { Interpreter, type InterpretOptions } from '../render/interpret.ts';
import { Snapshot } from '../view/snapshot.ts';
import { layerOf, type ViewRequest } from './compile-view.ts';
import { renderView } from './render-view.ts';
import type { Settings } from './settings.ts';

interface Cached {
  readonly report: Report;
  readonly settings: Settings;
  readonly snapshot: Snapshot;
}

/** How many pictures of different requests are kept for the next reader. */
const KEPT_PICTURES = 64;

/**
 * Pictures of one line of reports, and their memo. Whoever sees other reports (a policy took something out of them) has
 * pictures of its own: none of another's, nor a stale one, is ever given.
 */
export class Pictures {
  readonly #registry: Registry;
  readonly #interpreter: Interpreter;
  readonly #scope = new RenderScope();
  readonly #pictures = new Map<string, Cached>();
  readonly #byRequest = new WeakMap<ViewRequest, Cached>();

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#interpreter = new Interpreter(registry.environment);
  }

  /** The one filter layer of a request. */
  layer(request: ViewRequest, report: Report, settings: Settings): FilterLayer {
    const { filters } = this.#registry;
    const context = new TrackedContext(report, this.#scope);
    return layerOf(this.#registry.view(request.view), request, settings, context, filters);
  }

  /**
   * The picture that a request asks for. The same objects for the same request, report and settings.
   *
   * @throws RidgelineError as `Engine.render`
   */
  render(request: ViewRequest, report: Report, settings: Settings, options: InterpretOptions = {}): Snapshot {
    const known = this.#byRequest.get(request);
    if (known !== undefined && known.report === report && known.settings === settings) return known.snapshot;
    const key = canonicalJson(request);
    const kept = this.#pictures.get(key);
    let cached = kept;
    if (kept === undefined || kept.report !== report || kept.settings !== settings) {
      cached = this.#renderAnew(request, report, settings, kept, options);
      this.#pictures.delete(key);
      this.#pictures.set(key, cached);
      const oldest = this.#pictures.keys().next().value;
      if (this.#pictures.size > KEPT_PICTURES && oldest !== undefined) this.#pictures.delete(oldest);
    }
    this.#byRequest.set(request, cached as Cached);
    return (cached as Cached).snapshot;
  }

  #renderAnew(
    request: ViewRequest,
    report: Report,
    settings: Settings,
    before: Cached | undefined,
    options: InterpretOptions,
  ): Cached {
    const view = this.#registry.view(request.view);
    try {
      const layer: CompiledLayer = compileLayer(
        this.layer(request, report, settings),
        this.#registry.environment,
      );
      const { topology, ledger } = renderView(view, report, layer, this.#interpreter, options);
      const snapshot = new Snapshot(view.name, report, topology, ledger, this.#registry.definitions);
      return { report, settings, snapshot };
    } catch (error) {
      // The seam to plugins: any other error of ours is the caller's business.
      if (error instanceof RidgelineError && error.code !== 'PLUGIN_FAILED') throw error;
      const failure = this.#pluginFailure(view.name, error);
      if (before === undefined) throw failure;
      const since = before.snapshot.stale?.since ?? before.snapshot.at;
      const snapshot = before.snapshot.asStale({ since, reason: failure.message });
      return { report, settings, snapshot };
    }
  }

  #pluginFailure(view: string, error: unknown): RidgelineError {
    const plugin = this.#registry.ownerOf('view', view) ?? 'unknown';
    const message = error instanceof Error ? error.message : String(error);
    const facts = error instanceof RidgelineError ? error.facts : { hook: 'render' };
    return new RidgelineError(
      'PLUGIN_FAILED',
      `view ${view} of plugin ${plugin}: ${message}`,
      { ...facts, plugin, view },
      'mend the plugin, or leave it out of the config',
      error,
    );
  }
}
