import { RidgelineError } from '../errors.ts';
import { type CompiledLayer, compileLayer } from '../filter/apply-layer.ts';
import type { FilterLayer } from '../filter/layer.ts';
import type { Millis } from '../ids/instant.ts';
import type { NodeId } from '../ids/node-id.ts';
import type { SymbolTable } from '../ids/symbol-table.ts';
import { canonicalJson } from '../internal/canonical-json.ts';
import { type Report, type ReportOrigin, reportTime } from '../model/report.ts';
import { validateReport } from '../model/validate.ts';
import type { Plugin } from '../plugin/define-plugin.ts';
import type { SourceNotice } from '../plugin/define-source.ts';
import { Registry } from '../plugin/registry.ts';
import { RenderScope, TrackedContext } from '../render/context.ts';
import { Interpreter, type InterpretOptions } from '../render/interpret.ts';
import { type NodeDetails, nodeDetails } from '../view/details.ts';
import { Snapshot } from '../view/snapshot.ts';
import { layerOf, type ViewRequest } from './compile-view.ts';
import { renderView } from './render-view.ts';
import { noSettings, type Settings } from './settings.ts';
import { isStale, Slots } from './slots.ts';
import { changeStatus, noticeChange, type SourceStatus, type SourceStatuses } from './source-status.ts';

/** What an engine is made of. */
export interface EngineOptions {
  readonly plugins: readonly Plugin[];
  readonly settings?: Settings;
}

/** When something happened: the wall clock's word, and a clock that never runs backwards. */
export interface Moment {
  readonly now: Millis;
  readonly monotonic: Millis;
}

interface Cached {
  readonly report: Report;
  readonly settings: Settings;
  readonly snapshot: Snapshot;
}

/** How many pictures of different requests are kept for the next reader. */
const KEPT_PICTURES = 64;

/**
 * Joins reports and renders views of them. Everything between a report coming in and a snapshot going out is a
 * pure function of what it is given; this class holds the slots, the settings and the memo.
 */
export class Engine {
  readonly registry: Registry;
  readonly #slots: Slots;
  readonly #interpreter: Interpreter;
  readonly #scope = new RenderScope();
  readonly #pictures = new Map<string, Cached>();
  readonly #byRequest = new WeakMap<ViewRequest, Cached>();
  #settings: Settings;
  #statuses: SourceStatuses = [];

  constructor({ plugins, settings = noSettings }: EngineOptions) {
    this.registry = new Registry(plugins);
    this.#slots = new Slots({ unites: this.registry.definitions.unites() });
    this.#interpreter = new Interpreter(this.registry.environment);
    this.#settings = settings;
  }

  /** The table that reports are best built in. */
  get symbols(): SymbolTable {
    return this.#slots.symbols;
  }

  /** The join of what all sources report. */
  get report(): Report {
    return this.#slots.joined();
  }

  get settings(): Settings {
    return this.#settings;
  }

  set settings(settings: Settings) {
    this.#settings = settings;
  }

  /** What went wrong in plugins' functions without taking a picture away: the node is shown by its id then. */
  get faults(): readonly RidgelineError[] {
    return [...this.registry.definitions.faults.values()];
  }

  /** How all sources are, by name and host. */
  get sources(): SourceStatuses {
    return this.#statuses;
  }

  /**
   * Takes a report in. One that is not valid, or that is older than what the origin reported before, is refused,
   * counted, and changes nothing.
   *
   * @returns whether the joined report changed
   */
  ingest(origin: ReportOrigin, report: Report, interval: Millis, at: Moment): boolean {
    const status = this.#status(origin);
    const problems = validateReport(report);
    if (problems.length > 0) {
      this.#change(origin, at.now, {
        state: 'degraded',
        message: `a report was refused: ${problems.slice(0, 3).join('; ')}`,
        refused: (status?.refused ?? 0) + 1,
      });
      return false;
    }
    if (!this.#slots.put(origin, report, at.monotonic, interval)) {
      this.#change(origin, at.now, { refused: (status?.refused ?? 0) + 1 });
      return false;
    }
    const recovers = status === undefined || status.state === 'starting' || status.state === 'stale';
    this.#change(origin, at.now, {
      ...(recovers ? { state: 'running' as const } : {}),
      reports: (status?.reports ?? 0) + 1,
      lastReport: reportTime(report),
    });
    return true;
  }

  /** Notes how a source says it is. */
  notify(origin: ReportOrigin, notice: SourceNotice, now: Millis): void {
    this.#change(origin, now, noticeChange(this.#status(origin), notice));
  }

  /** Forgets what an origin reported. */
  forget(origin: ReportOrigin, now: Millis): void {
    this.#slots.drop(origin);
    this.#change(origin, now, { state: 'stopped' });
  }

  /** Marks origins that have gone quiet, and drops what they reported after a while; answers whether anything changed. */
  tick(at: Moment): boolean {
    const before = this.#statuses;
    for (const slot of this.#slots.list()) {
      const state = this.#status(slot.origin)?.state;
      if (isStale(slot, at.monotonic) && (state === 'running' || state === 'degraded')) {
        this.#change(slot.origin, at.now, { state: 'stale', message: 'no report for three intervals' });
      }
    }
    const dropped = this.#slots.expire(at.monotonic);
    return dropped.length > 0 || before !== this.#statuses;
  }

  /** The one filter layer of a request. */
  layer(request: ViewRequest): FilterLayer {
    const context = new TrackedContext(this.report, this.#scope);
    const { filters } = this.registry;
    return layerOf(this.registry.view(request.view), request, this.#settings, context, filters);
  }

  /**
   * The picture that a request asks for. The same objects for the same request, report and settings.
   *
   * When a plugin's function throws, the last good picture of the request is given again, marked stale with the
   * reason; without one the error goes to the caller.
   *
   * @throws RidgelineError `UNKNOWN_NAME`, `BAD_REQUEST`, `BAD_OPTIONS`, `ABORTED`, `PLUGIN_FAILED`
   */
  render(request: ViewRequest, options: InterpretOptions = {}): Snapshot {
    const { report } = this;
    const known = this.#byRequest.get(request);
    if (known !== undefined && known.report === report && known.settings === this.#settings)
      return known.snapshot;
    const key = canonicalJson(request);
    const kept = this.#pictures.get(key);
    let cached = kept;
    if (kept === undefined || kept.report !== report || kept.settings !== this.#settings) {
      cached = this.#renderAnew(request, report, kept, options);
      this.#pictures.delete(key);
      this.#pictures.set(key, cached);
      const oldest = this.#pictures.keys().next().value;
      if (this.#pictures.size > KEPT_PICTURES && oldest !== undefined) this.#pictures.delete(oldest);
    }
    this.#byRequest.set(request, cached as Cached);
    return (cached as Cached).snapshot;
  }

  /**
   * All that is known of one node of the picture that a request asks for, also of one that the request hides; asking
   * changes no count (law D14).
   *
   * @returns `undefined` when the view has no such node
   * @throws as {@link render}
   */
  details(request: ViewRequest, id: NodeId | string): NodeDetails | undefined {
    const { topology: shown } = this.render(request);
    const { topology: whole } = this.render({ view: request.view, raw: true, orphans: 'keep' });
    const { definitions } = this.registry;
    return nodeDetails(id, { whole, shown, definitions, report: this.report });
  }

  #renderAnew(
    request: ViewRequest,
    report: Report,
    before: Cached | undefined,
    options: InterpretOptions,
  ): Cached {
    const view = this.registry.view(request.view);
    try {
      const layer: CompiledLayer = compileLayer(this.layer(request), this.registry.environment);
      const { topology, ledger } = renderView(view, report, layer, this.#interpreter, options);
      const snapshot = new Snapshot(view.name, report, topology, ledger, this.registry.definitions);
      return { report, settings: this.#settings, snapshot };
    } catch (error) {
      // The seam to plugins: any other error of ours is the caller's business.
      if (error instanceof RidgelineError && error.code !== 'PLUGIN_FAILED') throw error;
      const failure = this.#pluginFailure(view.name, error);
      if (before === undefined) throw failure;
      const since = before.snapshot.stale?.since ?? before.snapshot.at;
      const snapshot = before.snapshot.asStale({ since, reason: failure.message });
      return { report, settings: this.#settings, snapshot };
    }
  }

  #pluginFailure(view: string, error: unknown): RidgelineError {
    const plugin = this.registry.ownerOf('view', view) ?? 'unknown';
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

  #status({ source, host }: ReportOrigin): SourceStatus | undefined {
    return this.#statuses.find((status) => status.name === source && status.host === host);
  }

  #change(origin: ReportOrigin, now: Millis, change: Parameters<typeof changeStatus>[3]): void {
    this.#statuses = changeStatus(this.#statuses, origin, now, change);
  }
}
