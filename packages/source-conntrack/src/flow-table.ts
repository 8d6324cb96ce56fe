import type { Millis } from '@ridgeline/core';
import { type Flow, type FlowEvent, keyOfFlow } from './flow.ts';

/** A flow as one report shows it. */
export interface ReportedFlow {
  readonly flow: Flow;
  readonly firstSeen: Millis;
  readonly lastSeen: Millis;
  /** False when only its translations are still told: it is over, and was shown since. */
  readonly isShown: boolean;
}

/** What of the tracker's entries is kept. */
export type WantedFlow = (flow: Flow) => boolean;

/** An entry in the making. */
interface Entry {
  flow: Flow;
  firstSeen: Millis;
  lastSeen: Millis;
  /** The last sweep that found it, or in which it began. */
  sweep: number;
  isOver: boolean;
  /** The kernel has no such entry any more. */
  isGone: boolean;
  /** Reports that are still to tell of it once it is over. */
  reportsLeft: number;
}

/**
 * A flow that is over is shown in one more report, so that one shorter than the reporting interval is seen (semantics.md §2). Its
 * translations are told for two more: other sources drop the connection a little later, and must not lose its names before.
 */
const REPORTS_AFTER_END = 3;

/**
 * The flows of one network namespace, from events and from sweeps (dumps of the whole table).
 *
 * Laws: an open flow is shown in every report; one that ended is shown in exactly one report after, however short it was; one that
 * was over before the first sweep is never shown; after a sweep without events in between the open flows are those that it found.
 */
export class FlowTable {
  readonly #wants: WantedFlow;
  readonly #entries = new Map<string, Entry>();
  /** Keys destroyed while a sweep goes on: a dump may still hold what an event has ended. */
  readonly #destroyed = new Set<string>();
  #sweep = 0;
  #isSweeping = false;
  #isChanged = true;

  /** @param wants - must depend on what never changes of a flow: its tuples and protocol */
  constructor(wants: WantedFlow) {
    this.#wants = wants;
  }

  /** Entries held, those that are over included. */
  get size(): number {
    return this.#entries.size;
  }

  apply({ kind, flow }: FlowEvent, now: Millis): void {
    if (!this.#wants(flow)) return;
    const key = keyOfFlow(flow);
    const entry = this.#entries.get(key);
    if (kind === 'destroy') {
      if (this.#isSweeping) this.#destroyed.add(key);
      // Unknown: it began before we did, or its beginning was lost. What is over already is not brought to life.
      if (entry === undefined || entry.isGone) return;
      this.#learn(entry, flow, now);
      this.#end(entry, true, now);
      return;
    }
    if (entry === undefined || entry.isGone) this.#add(key, flow, now);
    else this.#meet(entry, flow, now);
  }

  beginSweep(): void {
    this.#sweep++;
    this.#isSweeping = true;
  }

  /** Takes in an entry that the sweep found. */
  find(flow: Flow, now: Millis): void {
    if (!this.#wants(flow)) return;
    const key = keyOfFlow(flow);
    if (this.#destroyed.has(key)) return;
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.isGone) {
      // At the first sweep: over before we began. Later: it came and went between two sweeps.
      if (flow.isOver && this.#sweep === 1) this.#addSilently(key, flow, now);
      else this.#add(key, flow, now);
      return;
    }
    entry.sweep = this.#sweep;
    this.#meet(entry, flow, now);
  }

  /**
   * Ends what the sweep did not find.
   *
   * @param isWhole - false when the dump was cut short or disturbed: then nothing is ended
   * @returns how many flows had ended without an event
   */
  endSweep(isWhole: boolean, now: Millis): number {
    let missed = 0;
    this.#isSweeping = false;
    this.#destroyed.clear();
    if (!isWhole) return missed;
    for (const entry of this.#entries.values()) {
      if (entry.isGone || entry.sweep === this.#sweep) continue;
      if (!entry.isOver) missed++;
      this.#end(entry, true, now);
    }
    return missed;
  }

  /** Ends everything: the namespace is gone. */
  endAll(now: Millis): void {
    for (const entry of this.#entries.values()) this.#end(entry, true, now);
  }

  /** Whether {@link report} would give other flows than the last time, or other facts about them. */
  get isChanged(): boolean {
    return this.#isChanged;
  }

  /** What the next report shows. Asking moves on the flows that are over. */
  report(now: Millis): ReportedFlow[] {
    const reported: ReportedFlow[] = [];
    this.#isChanged = false;
    for (const [key, entry] of this.#entries) {
      const { flow, firstSeen, lastSeen } = entry;
      if (!entry.isOver) {
        // UDP has no end that the tracker could tell: it was last seen when something was last heard of it.
        reported.push({
          flow,
          firstSeen,
          lastSeen: flow.protocol === 'tcp' ? now : lastSeen,
          isShown: true,
        });
        continue;
      }
      if (entry.reportsLeft > 0) {
        const isShown = entry.reportsLeft === REPORTS_AFTER_END;
        reported.push({ flow, firstSeen, lastSeen, isShown });
        entry.reportsLeft--;
        this.#isChanged = true;
      } else if (entry.isGone) {
        this.#entries.delete(key);
      }
    }
    return reported;
  }

  #add(key: string, flow: Flow, now: Millis): void {
    const entry: Entry = {
      flow,
      firstSeen: Math.min(flow.startMillis ?? now, now),
      lastSeen: now,
      sweep: this.#sweep,
      isOver: false,
      isGone: false,
      reportsLeft: 0,
    };
    this.#entries.set(key, entry);
    this.#isChanged = true;
    if (flow.isOver) this.#end(entry, false, now);
  }

  #addSilently(key: string, flow: Flow, now: Millis): void {
    this.#entries.set(key, {
      flow,
      firstSeen: now,
      lastSeen: now,
      sweep: this.#sweep,
      isOver: true,
      isGone: false,
      reportsLeft: 0,
    });
  }

  #meet(entry: Entry, flow: Flow, now: Millis): void {
    this.#learn(entry, flow, now);
    if (flow.isOver) this.#end(entry, false, now);
    else if (entry.isOver) {
      // The same ports were used again before the old entry was gone, and the kernel kept the entry.
      entry.isOver = false;
      entry.firstSeen = now;
      this.#isChanged = true;
    }
  }

  #learn(entry: Entry, flow: Flow, now: Millis): void {
    const before = entry.flow;
    const hasMoved =
      flow.sentBytes === undefined ||
      flow.sentBytes !== before.sentBytes ||
      flow.receivedBytes !== before.receivedBytes;
    if (hasMoved && !entry.isOver) entry.lastSeen = now;
    const sentBytes = greater(before.sentBytes, flow.sentBytes);
    const receivedBytes = greater(before.receivedBytes, flow.receivedBytes);
    const isAnswered = before.isAnswered || flow.isAnswered;
    if (sentBytes === before.sentBytes && receivedBytes === before.receivedBytes) {
      if (isAnswered === before.isAnswered) return;
    }
    entry.flow = {
      ...flow,
      isAnswered,
      ...(sentBytes === undefined ? {} : { sentBytes }),
      ...(receivedBytes === undefined ? {} : { receivedBytes }),
    };
    this.#isChanged = true;
  }

  #end(entry: Entry, isGone: boolean, now: Millis): void {
    entry.isGone ||= isGone;
    if (entry.isOver) return;
    // The tracker forgets UDP long after its last packet: that it does is no sign of life.
    if (entry.flow.protocol === 'tcp') entry.lastSeen = now;
    entry.isOver = true;
    entry.reportsLeft = REPORTS_AFTER_END;
    this.#isChanged = true;
  }
}

function greater(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
