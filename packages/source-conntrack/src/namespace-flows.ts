import type { Millis } from '@ridgeline/core';
import type { FlowReader } from './flow-reader.ts';
import { FlowTable, type WantedFlow } from './flow-table.ts';
import type { NetworkNamespace } from './namespaces.ts';

/** How often tables are read. */
export interface SweepPace {
  /** Where events tell of nearly all. */
  readonly everyMillis: Millis;
  /** Of one core, all namespaces together. */
  readonly share: number;
}

/** The flows of one network namespace, and the reader that tells of them. */
export class NamespaceFlows {
  /** Its file is another one once the process that it was of has ended. */
  namespace: NetworkNamespace;
  readonly reader: FlowReader;
  readonly table: FlowTable;
  /** When the next sweep is due at the earliest, by the monotonic clock. */
  nextSweep: Millis = Number.NEGATIVE_INFINITY;
  /** How often the kernel said that events were lost. */
  overruns = 0;
  /** Events that the last drain took in. */
  drained = 0;
  /** How many flows ended or began without an event. */
  healed = 0;

  constructor(namespace: NetworkNamespace, reader: FlowReader, wants: WantedFlow) {
    this.namespace = namespace;
    this.reader = reader;
    this.table = new FlowTable(wants);
  }

  /** Takes in what events tell, as steps; a loss makes the next sweep due at once. */
  *drain(now: () => Millis): Generator<void, void, void> {
    this.drained = 0;
    const isLossy = yield* this.reader.drain((event) => {
      this.drained++;
      this.table.apply(event, now());
    });
    if (!isLossy) return;
    this.overruns++;
    this.nextSweep = Number.NEGATIVE_INFINITY;
  }

  /** Reads the whole table anew; to be run as steps. */
  async sweep(now: () => Millis): Promise<Generator<void, void, void>> {
    const { table, reader } = this;
    const steps = await reader.readAll((flow) => table.find(flow, now()));
    return this.#sweep(steps, now);
  }

  *#sweep(steps: Generator<void, boolean, void>, now: () => Millis): Generator<void, void, void> {
    let isWhole = false;
    this.table.beginSweep();
    try {
      isWhole = yield* steps;
    } finally {
      this.healed += this.table.endSweep(isWhole, now());
    }
  }

  /** @param isReportDue - what is polled is read for a report, and for nothing else */
  isSweepDue(monotonic: Millis, isReportDue: boolean): boolean {
    return monotonic >= this.nextSweep && (isReportDue || !this.reader.isPolled);
  }

  /** Says when to sweep again, so that sweeps keep to their share of a core. */
  planSweep(pace: SweepPace, monotonic: Millis, tookMillis: Millis, namespaces: number): void {
    const wish = this.reader.isPolled ? 0 : pace.everyMillis;
    this.nextSweep = monotonic + Math.max(wish, (tookMillis * namespaces) / pace.share);
  }
}
