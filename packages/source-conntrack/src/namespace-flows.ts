import type { Millis } from '@ridgeline/core';
import type { FlowReader } from './flow-reader.ts';
import { FlowTable, type WantedFlow } from './flow-table.ts';
import type { NetworkNamespace } from './namespaces.ts';

/** How often what has no events is read, and what has. */
export interface SweepPace {
  readonly everyMillis: Millis;
  readonly withEventsMillis: Millis;
  /** Of one core, all namespaces together. */
  readonly share: number;
}

/** The flows of one network namespace, and the reader that tells of them. */
export class NamespaceFlows {
  /** Its file is another one once the process that it was of has ended. */
  namespace: NetworkNamespace;
  readonly reader: FlowReader;
  readonly table: FlowTable;
  /** When the next sweep is due, by the monotonic clock. */
  nextSweep: Millis = Number.NEGATIVE_INFINITY;
  /** How often the kernel said that events were lost. */
  overruns = 0;
  /** How many flows ended or began without an event. */
  healed = 0;

  constructor(namespace: NetworkNamespace, reader: FlowReader, wants: WantedFlow) {
    this.namespace = namespace;
    this.reader = reader;
    this.table = new FlowTable(wants);
  }

  /** Takes in what events tell, as steps; a loss makes the next sweep due at once. */
  *drain(now: () => Millis): Generator<void, void, void> {
    const isLossy = yield* this.reader.drain((event) => this.table.apply(event, now()));
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

  /** Says when to sweep again, so that sweeps keep to their share of a core. */
  planSweep(pace: SweepPace, monotonic: Millis, tookMillis: Millis, namespaces: number): void {
    const wish = this.reader.hasEvents ? pace.withEventsMillis : pace.everyMillis;
    this.nextSweep = monotonic + Math.max(wish, (tookMillis * namespaces) / pace.share);
  }
}
