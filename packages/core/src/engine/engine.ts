import type { RidgelineError } from '../errors.ts';
import type { FilterLayer } from '../filter/layer.ts';
import type { Millis } from '../ids/instant.ts';
import type { NodeId } from '../ids/node-id.ts';
import type { SymbolTable } from '../ids/symbol-table.ts';
import { type Report, type ReportOrigin, reportTime } from '../model/report.ts';
import { validateReport } from '../model/validate.ts';
import type { Plugin } from '../plugin/define-plugin.ts';
import type { SourceNotice } from '../plugin/define-source.ts';
import { Registry } from '../plugin/registry.ts';
import type { InterpretOptions } from '../render/interpret.ts';
import { type NodeDetails, nodeDetails } from '../view/details.ts';
import type { Snapshot } from '../view/snapshot.ts';
import type { ViewRequest } from './compile-view.ts';
import { Pictures } from './pictures.ts';
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

/**
 * Joins reports and renders views of them. Everything between a report coming in and a snapshot going out is a
 * pure function of what it is given; this class holds the slots, the settings and the memo.
 */
export class Engine {
  readonly registry: Registry;
  readonly #slots: Slots;
  readonly #pictures: Pictures;
  #settings: Settings;
  #statuses: SourceStatuses = [];

  constructor({ plugins, settings = noSettings }: EngineOptions) {
    this.registry = new Registry(plugins);
    this.#slots = new Slots({ unites: this.registry.definitions.unites() });
    this.#pictures = new Pictures(this.registry);
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
    return this.#pictures.layer(request, this.report, this.#settings);
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
    return this.#pictures.render(request, this.report, this.#settings, options);
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

  #status({ source, host }: ReportOrigin): SourceStatus | undefined {
    return this.#statuses.find((status) => status.name === source && status.host === host);
  }

  #change(origin: ReportOrigin, now: Millis, change: Parameters<typeof changeStatus>[3]): void {
    this.#statuses = changeStatus(this.#statuses, origin, now, change);
  }
}
