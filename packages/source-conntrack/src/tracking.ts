import { type Millis, makeReport, type Report, type SourceContext, type Topology } from '@ridgeline/core';
import type { EndpointScopes } from '@ridgeline/vocabulary';
import { buildEndpoints, SOURCE_NAME } from './build-endpoints.ts';
import { createDrainPace } from './drain-pace.ts';
import { type Flow, isTranslated } from './flow.ts';
import type { ReportedFlow } from './flow-table.ts';
import { NamespaceFlows, type SweepPace } from './namespace-flows.ts';
import type { ConntrackOptions, ShownFlows } from './options.ts';
import type { OpenReader, RungChoice } from './reader-chain.ts';
import { runSliced, type Steps } from './run-sliced.ts';
import { describeLosses, describeTracking } from './status.ts';
import { TrackedNamespaces } from './tracked-namespaces.ts';

/** How often new namespaces are looked for, and how often it is seen whether the known ones are still there. */
const LOOK_EVERY_MILLIS = 5000;
const VISIT_EVERY_MILLIS = 1000;

/** The options, with the flows that are wanted now. */
export type TrackingOptions = Omit<ConntrackOptions, 'flows'> & { readonly flows: ShownFlows };

/** What {@link Tracking} needs. */
export interface TrackingParts {
  readonly options: TrackingOptions;
  readonly context: SourceContext;
  readonly choice: RungChoice;
  readonly open: OpenReader;
  readonly signal: AbortSignal;
  readonly emit: (report: Report) => void;
}

/** One subscription: the flows of all namespaces, and a report of them every so often. One thing is done after the other. */
export class Tracking {
  readonly #parts: TrackingParts;
  readonly #namespaces: TrackedNamespaces;
  readonly #pace: SweepPace;
  /** Flows that are told once, in the first report. */
  #initial: ReadonlyMap<number, readonly ReportedFlow[]> = new Map();
  #last: { readonly endpoints: Topology; readonly scopes: EndpointScopes } | undefined;
  #reportedUntil: Millis;
  #sweeps = 0;
  #sweepMillis = 0;
  #hasBytes = false;

  constructor(parts: TrackingParts) {
    const { context, open, options } = parts;
    this.#parts = parts;
    this.#reportedUntil = context.now();
    this.#pace = { everyMillis: options.sweepEvery, share: options.share };
    this.#namespaces = new TrackedNamespaces({
      context,
      open,
      reading: {
        onlyTranslated: options.flows === 'none' || options.flows === 'initial',
        events: options.flows === 'all' ? 'all' : 'ends',
      },
      wants: (flow) => isWanted(flow, options.flows),
      all: options.namespaces === 'all',
    });
  }

  /** Runs until aborted, and gives every handle back. */
  async run(): Promise<void> {
    const { context, options, signal } = this.#parts;
    const pace = createDrainPace();
    try {
      await this.#slices(this.#namespaces.look());
      if (options.flows === 'initial') await this.#readInitial();
      let nextReport = context.monotonic();
      let nextVisit = context.monotonic() + VISIT_EVERY_MILLIS;
      let nextLook = context.monotonic() + LOOK_EVERY_MILLIS;
      while (!signal.aborted) {
        if (context.monotonic() >= nextVisit) {
          nextVisit = context.monotonic() + VISIT_EVERY_MILLIS;
          if (!this.#namespaces.areThere()) nextLook = Number.NEGATIVE_INFINITY;
        }
        if (context.monotonic() >= nextLook) {
          nextLook = context.monotonic() + LOOK_EVERY_MILLIS;
          await this.#slices(this.#namespaces.look());
        }
        await this.#slices(this.#drain());
        const isReportDue = context.monotonic() >= nextReport;
        await this.#sweep(isReportDue);
        if (isReportDue) {
          nextReport = Math.max(nextReport + options.every, context.monotonic() + options.every / 2);
          await this.#report();
        }
        const wait = pace(this.#mostDrained());
        await pause(Math.min(wait, nextReport - context.monotonic()), signal);
      }
    } finally {
      this.#namespaces.close();
    }
  }

  *#drain(): Steps {
    const { context } = this.#parts;
    for (const flows of this.#namespaces.values()) {
      try {
        yield* flows.drain(() => context.now());
      } catch (error) {
        this.#namespaces.refuse(flows.namespace, error);
      }
      yield;
    }
  }

  #mostDrained(): number {
    let most = 0;
    for (const { drained } of this.#namespaces.values()) most = Math.max(most, drained);
    return most;
  }

  /** Reads the tables that are due. What happens meanwhile is drained in between. */
  async #sweep(isReportDue: boolean): Promise<void> {
    const { context, signal } = this.#parts;
    let heldMillis = 0;
    for (const flows of this.#namespaces.values()) {
      const start = context.monotonic();
      if (!flows.isSweepDue(start, isReportDue) || signal.aborted) continue;
      try {
        const steps = await flows.sweep(() => context.now());
        const fetched = context.monotonic() - start;
        const held = await this.#slices(steps, () => runAtOnce(this.#drain()));
        heldMillis += held;
        // What a program takes counts as well as what holds our own loop.
        flows.planSweep(this.#pace, context.monotonic(), Math.max(held, fetched), this.#namespaces.size);
      } catch (error) {
        this.#namespaces.refuse(flows.namespace, error);
      }
    }
    if (heldMillis === 0) return;
    this.#sweeps++;
    this.#sweepMillis = heldMillis;
  }

  /** Reads all flows once, by readers that are closed at once. */
  async #readInitial(): Promise<void> {
    const { context, signal } = this.#parts;
    const initial = new Map<number, readonly ReportedFlow[]>();
    for (const { namespace } of this.#namespaces.values()) {
      if (signal.aborted) return;
      try {
        const reader = this.#namespaces.openReader(namespace, { onlyTranslated: false, events: 'none' });
        try {
          const once = new NamespaceFlows(namespace, reader, () => true);
          await this.#slices(await once.sweep(() => context.now()));
          initial.set(namespace.inode, once.table.report(context.now()));
        } finally {
          reader.close();
        }
      } catch (error) {
        this.#namespaces.refuse(namespace, error);
      }
    }
    this.#initial = initial;
  }

  async #report(): Promise<void> {
    const { context, emit, signal } = this.#parts;
    const now = context.now();
    const endpoints = await this.#endpoints(now);
    if (endpoints === undefined || signal.aborted) return;
    const { overruns, malformed } = this.#namespaces.counts();
    const from = Math.min(this.#reportedUntil, now);
    this.#reportedUntil = now;
    this.#notify();
    emit(
      makeReport({
        origin: { source: SOURCE_NAME, host: context.host },
        symbols: endpoints.symbols,
        window: { from, to: now },
        topologies: [endpoints],
        lost: describeLosses(context.host, overruns, malformed),
      }),
    );
  }

  /** The endpoints of a report: those of the last one, the same object, when nothing has changed, so that nothing is rendered anew. */
  async #endpoints(now: Millis): Promise<Topology | undefined> {
    const { context, options } = this.#parts;
    const { scopes } = this.#namespaces;
    // The table is asked for late: it must not be replaced between the first symbol and the report.
    const symbols = context.symbols();
    const isChanged = this.#namespaces.isChanged;
    const flows = this.#namespaces.report(now);
    const last = this.#last;
    if (
      last?.scopes === scopes &&
      last.endpoints.symbols === symbols &&
      !isChanged &&
      hasNoEdges(last.endpoints)
    ) {
      return last.endpoints;
    }
    const initial = new Set<Flow>();
    for (const [inode, once] of this.#initial) {
      for (const { flow } of once) initial.add(flow);
      flows.set(inode, [...once, ...(flows.get(inode) ?? [])]);
    }
    this.#initial = new Map();
    for (const [first] of flows.values()) this.#hasBytes ||= first?.flow.sentBytes !== undefined;
    const steps = buildEndpoints({
      host: context.host,
      symbols,
      now,
      flows,
      scopes,
      isConnection: (flow) => isConnection(flow, initial.has(flow) ? 'all' : options.flows),
    });
    let endpoints: Topology | undefined;
    await this.#slices(
      (function* (): Steps {
        endpoints = yield* steps;
      })(),
    );
    this.#last = endpoints === undefined ? undefined : { endpoints, scopes };
    return endpoints;
  }

  #notify(): void {
    const { context, choice } = this.#parts;
    const namespaces = this.#namespaces;
    context.notify(
      describeTracking({
        choice,
        namespaces: namespaces.size,
        refused: namespaces.refused,
        ...namespaces.counts(),
        sweeps: this.#sweeps,
        sweepMillis: this.#sweepMillis,
        hasEvents: namespaces.hasEvents,
        hasBytes: this.#hasBytes,
      }),
    );
  }

  async #slices(steps: Steps, between?: () => void): Promise<Millis> {
    const { context, signal } = this.#parts;
    return (await runSliced(steps, () => context.monotonic(), signal, between)) ?? 0;
  }
}

/** What of the trackers' entries is kept: by what never changes of a flow. */
function isWanted(flow: Flow, flows: ShownFlows): boolean {
  return isTranslated(flow) || flows === 'all' || (flows === 'udp' && flow.protocol === 'udp');
}

/** What is shown as an edge. A TCP connection that was never answered is none. */
function isConnection(flow: Flow, flows: ShownFlows): boolean {
  if (flow.protocol === 'udp') return flows === 'udp' || flows === 'all';
  return flows === 'all' && flow.isAnswered;
}

/** Edges say that they are seen now, so they are told anew each time. */
function hasNoEdges({ open }: Topology): boolean {
  return open === undefined || open.to.length === 0;
}

function runAtOnce(steps: Steps): void {
  while (steps.next().done !== true);
}

function pause(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(1, millis));
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
