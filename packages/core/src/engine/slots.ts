import type { Millis } from '../ids/instant.ts';
import type { TopologyName } from '../ids/node-id.ts';
import { SymbolTable } from '../ids/symbol-table.ts';
import { joinRest, type MergeRules, mergeTopologies, reintern } from '../model/merge.ts';
import type { Report, ReportOrigin } from '../model/report.ts';
import type { Topology } from '../model/topology.ts';

/** The newest report of one origin. */
export interface Slot {
  readonly origin: ReportOrigin;
  readonly report: Report;
  /** When it came in, by a clock that never runs backwards. */
  readonly received: Millis;
  readonly interval: Millis;
}

/** A topology and the reported ones it was joined from. */
interface Merged {
  readonly parts: readonly Topology[];
  readonly whole: Topology;
}

/** A slot is stale after so many intervals without a report. */
const STALE_INTERVALS = 3;
/** A slot is dropped after so many intervals, but not before {@link DROP_AT_LEAST}. */
const DROP_INTERVALS = 5;
const DROP_AT_LEAST: Millis = 15_000;
/** A symbol table smaller than this is not worth replacing. */
const COMPACT_AT_LEAST = 65_536;

/**
 * One slot for each (source, host); their join is the report that views are made of.
 *
 * A new report replaces its slot and all is joined again: there is no un-merge. Topologies that did not change
 * stay the same objects, so views that do not read the others need not be made again.
 */
export class Slots {
  readonly #slots = new Map<string, Slot>();
  readonly #rules: MergeRules;
  #symbols = new SymbolTable();
  /** The size of the table when it held nothing but live symbols. */
  #liveSymbols = COMPACT_AT_LEAST / 2;
  #joined: Report | undefined;
  #merged = new Map<TopologyName, Merged>();

  constructor(rules: MergeRules) {
    this.#rules = rules;
  }

  /** The table in which reports are joined. */
  get symbols(): SymbolTable {
    return this.#symbols;
  }

  list(): readonly Slot[] {
    return [...this.#slots.values()];
  }

  /**
   * Replaces the slot of an origin.
   *
   * A report that is older than the one it would replace came late and is left out, so that order of delivery
   * does not matter (law G5) — unless the slot is stale: then the origin's clock was set back.
   *
   * @returns whether it was taken
   */
  put(origin: ReportOrigin, report: Report, received: Millis, interval: Millis): boolean {
    const key = JSON.stringify([origin.source, origin.host]);
    const before = this.#slots.get(key);
    if (before !== undefined && report.window.to < before.report.window.to && !isStale(before, received)) {
      return false;
    }
    this.#slots.set(key, { origin, report: reintern(report, this.#symbols), received, interval });
    this.#joined = undefined;
    this.#compact();
    return true;
  }

  /** Drops what has not reported for too long; answers what was dropped. */
  expire(now: Millis): readonly Slot[] {
    const dropped = this.list().filter(
      (slot) => now - slot.received > Math.max(DROP_AT_LEAST, DROP_INTERVALS * slot.interval),
    );
    for (const { origin } of dropped) this.drop(origin);
    return dropped;
  }

  /** Drops an origin's slot at once: its source was stopped. */
  drop(origin: ReportOrigin): void {
    if (this.#slots.delete(JSON.stringify([origin.source, origin.host]))) this.#joined = undefined;
  }

  /** The join of all slots. */
  joined(): Report {
    this.#joined ??= this.#join();
    return this.#joined;
  }

  #join(): Report {
    const reports = this.list().map((slot) => slot.report);
    const parts = new Map<TopologyName, Topology[]>();
    for (const report of reports) {
      for (const [name, topology] of report.topologies) {
        const list = parts.get(name);
        if (list === undefined) parts.set(name, [topology]);
        else list.push(topology);
      }
    }
    const merged = new Map<TopologyName, Merged>();
    for (const [name, list] of parts) {
      const known = this.#merged.get(name);
      const same = known?.parts.length === list.length && known.parts.every((part, i) => part === list[i]);
      merged.set(name, {
        parts: list,
        whole:
          known !== undefined && same ? known.whole : mergeTopologies(name, this.#symbols, list, this.#rules),
      });
    }
    this.#merged = merged;
    return joinRest(
      this.#symbols,
      reports,
      [...merged.values()].map(({ whole }) => whole),
    );
  }

  /** Ephemeral ports make ids that are never seen again: when the table has doubled, the live half moves to a new one. */
  #compact(): void {
    if (this.#symbols.size + this.#symbols.instants < Math.max(COMPACT_AT_LEAST, 2 * this.#liveSymbols))
      return;
    const symbols = new SymbolTable();
    for (const [key, slot] of this.#slots) {
      this.#slots.set(key, { ...slot, report: reintern(slot.report, symbols) });
    }
    this.#symbols = symbols;
    this.#liveSymbols = symbols.size + symbols.instants;
    this.#merged = new Map();
    this.#joined = undefined;
  }
}

/** Whether a slot has missed three of its reports. */
export function isStale(slot: Slot, now: Millis): boolean {
  return now - slot.received > STALE_INTERVALS * slot.interval;
}
