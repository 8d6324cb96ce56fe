import { type Millis, type ReportOrigin, SymbolTable } from '@ridgeline/core';
import type { Clock, Ridgeline } from '@ridgeline/core/live';
import { decodeScopeReport, ProbeStream, ReportCollector } from '@ridgeline/scope-compat';
import { Subject } from 'rxjs';

/** How often Scope's probes report. */
const INTERVAL: Millis = 3000;
/** How long Scope's app keeps a report. */
const WINDOW: Millis = 15_000;
/** Probes that are kept apart at most; the one that was quiet longest is forgotten. */
const MOST_PROBES = 1024;
/** A table of texts that has grown by so much since it was new is not worth keeping. */
const GROWTH = 65_536;

/** What was sent by one probe, in a symbol table of its own: the engine's is replaced now and then. */
interface Probe {
  readonly stream: ProbeStream;
  readonly symbols: SymbolTable;
  /** The size of the table when it held one full report. */
  freshSize: number;
}

/**
 * Takes in what Scope's probes post. Reports of a probe that says who it is replace its earlier ones; the others are
 * kept for a window of time and merged, as Scope does with all.
 */
export class ProbeInbox {
  /** A shortcut came: its news are for now, not for the next tick. */
  readonly shortcut$: Subject<void> = new Subject();
  readonly #ridgeline: Ridgeline;
  readonly #clock: Clock;
  readonly #bytes: number;
  readonly #probes = new Map<string, Probe>();
  #anonymous: { readonly symbols: SymbolTable; readonly collector: ReportCollector } | undefined;

  /** @param bytes - what a report may be, unzipped */
  constructor(ridgeline: Ridgeline, clock: Clock, bytes: number) {
    this.#ridgeline = ridgeline;
    this.#clock = clock;
    this.#bytes = bytes;
  }

  /**
   * Takes a report in.
   *
   * @param body - msgpack or JSON, already unzipped
   * @param probe - the id of the probe, if it says one
   * @throws RidgelineError `BAD_REPORT`
   */
  accept(body: Uint8Array, probe: string | undefined): void {
    if (probe === undefined) this.#acceptAnonymous(body);
    else this.#acceptFrom(probe, body);
  }

  #acceptFrom(id: string, body: Uint8Array): void {
    let probe = this.#probes.get(id) ?? newProbe();
    let report = this.#decode(body, probe.symbols);
    const { size } = probe.symbols;
    if (report.kind === 'full' && size > probe.freshSize + GROWTH) {
      // Ids of the past fill the table: a full report needs none of them.
      probe = newProbe();
      report = this.#decode(body, probe.symbols);
    }
    if (probe.freshSize === 0) probe.freshSize = probe.symbols.size;
    probe.stream.push(report);
    this.#probes.delete(id);
    this.#probes.set(id, probe);
    const oldest = this.#probes.keys().next().value;
    if (this.#probes.size > MOST_PROBES && oldest !== undefined) this.#probes.delete(oldest);
    this.#ingest({ source: 'scope', host: id }, probe.stream.report(probe.symbols));
    if (report.kind === 'shortcut') this.shortcut$.next();
  }

  #acceptAnonymous(body: Uint8Array): void {
    const now = this.#clock.monotonic();
    let kept = this.#anonymous;
    if (kept === undefined || !kept.collector.hasReports(now) || kept.symbols.size > 16 * GROWTH) {
      const symbols = new SymbolTable();
      kept = { symbols, collector: new ReportCollector(symbols, WINDOW) };
    }
    const report = this.#decode(body, kept.symbols);
    kept.collector.add(report, now);
    this.#anonymous = kept;
    this.#ingest({ source: 'scope', host: '' }, kept.collector.report(now));
    if (report.kind === 'shortcut') this.shortcut$.next();
  }

  #decode(body: Uint8Array, symbols: SymbolTable): ReturnType<typeof decodeScopeReport> {
    return decodeScopeReport(body, symbols, {
      limits: { bytes: this.#bytes },
      receivedAt: this.#clock.now(),
    });
  }

  #ingest(origin: ReportOrigin, report: Parameters<Ridgeline['ingest']>[1]): void {
    this.#ridgeline.ingest(origin, report, INTERVAL);
  }
}

function newProbe(): Probe {
  return { stream: new ProbeStream(), symbols: new SymbolTable(), freshSize: 0 };
}
