import {
  defineSource,
  type Millis,
  type Report,
  type SourceContext,
  type SourceDef,
  sourceUnavailable,
} from '@ridgeline/core';
import { EMPTY, Observable, type Subscriber } from 'rxjs';
import { buildReport, SOURCE_NAME } from './build-report.ts';
import { createCgroupPaths } from './cgroup-paths.ts';
import { createClockOffset } from './clock-offset.ts';
import { type ConnectionFeed, startConnectionFeed } from './connection-feed.ts';
import { createNamespaceMap } from './namespace-map.ts';
import { type EbpfOptions, ebpfOptions, UDP_EVENTS } from './options.ts';
import { describeFailures, describeFeed, describeLosses } from './status.ts';
import type { ChildState } from './supervise-child.ts';
import { thinConnections } from './thin-connections.ts';

/**
 * Connections as the kernel tells them: each from its first state to its last, with its process, however short it was.
 *
 * The first report comes after the kernel's own list of sockets was read. Where this cannot work, `auto` says why and ends,
 * `require` is an error; /proc is another source's to read.
 *
 * @example
 * const reports$ = ebpf.connect({ ...defaults, mode: 'auto' }, context);
 */
export const ebpf: SourceDef<EbpfOptions> = defineSource<EbpfOptions>({
  name: SOURCE_NAME,
  description: 'connections as the kernel tells them, by eBPF',
  produces: ['endpoint', 'process'],
  options: ebpfOptions,
  interval: ({ every }) => every,
  connect: (options, context) => {
    if (options.mode === 'off') return EMPTY;
    return new Observable<Report>((subscriber) => {
      const feeding = new Feeding(options, context, subscriber);
      return () => feeding.stop();
    });
  },
});

/** One subscription: a feed, and a report of it every so often. */
class Feeding {
  readonly #options: EbpfOptions;
  readonly #context: SourceContext;
  readonly #subscriber: Subscriber<Report>;
  readonly #feed: ConnectionFeed;
  readonly #namespaces: ReturnType<typeof createNamespaceMap>;
  readonly #cgroups = createCgroupPaths();
  readonly #offset = createClockOffset();
  #timer: NodeJS.Timeout | undefined;
  #reportedUntil: Millis;
  #failedConnections = 0;
  #isCatchingUp = false;

  constructor(options: EbpfOptions, context: SourceContext, subscriber: Subscriber<Report>) {
    this.#options = options;
    this.#context = context;
    this.#subscriber = subscriber;
    this.#namespaces = createNamespaceMap(context.host);
    this.#reportedUntil = context.now();
    this.#feed = startConnectionFeed({
      ringBytes: options.ringBytes,
      avoid: options.udp === 'events' ? options.avoid : [...options.avoid, UDP_EVENTS],
      ...(options.wrapper.length === 0 ? {} : { wrapper: options.wrapper }),
      // Each report asks for what there is.
      patienceMillis: 2 * options.every,
      snapshotEveryMillis: options.snapshotEvery,
      onState: (state) => this.#onState(state),
      onWhole: () => this.#begin(),
    });
  }

  stop(): void {
    clearInterval(this.#timer);
    // The child ends when its channel closes, also if nobody waits for it.
    void this.#feed.stop();
  }

  #onState(state: ChildState): void {
    // The first states come while the feed is being made.
    queueMicrotask(() => {
      if (this.#subscriber.closed) return;
      if (state.kind === 'unable') this.#giveUp(state);
      else if (state.kind === 'fallen-back' && this.#isRequiredInVain()) this.#fail(state);
      else this.#tellState(state);
    });
  }

  #giveUp(state: Extract<ChildState, { kind: 'unable' }>): void {
    if (this.#options.mode === 'require') {
      this.#subscriber.error(
        sourceUnavailable(SOURCE_NAME, state.reason, state.fix ?? 'set its mode to "auto" to do without it'),
      );
      return;
    }
    this.#context.notify(describeFeed(this.#feed.status()));
    this.#subscriber.complete();
  }

  #tellState(state: ChildState): void {
    this.#context.notify(describeFeed(this.#feed.status()));
    if (state.kind === 'fallen-back') this.#startReporting();
  }

  #isRequiredInVain(): boolean {
    return this.#options.mode === 'require' && this.#feed.status().snapshots === 0;
  }

  /** A reader that died before it told anything, and again when it was started anew: what is required is not here. */
  #fail({ reason }: Extract<ChildState, { kind: 'fallen-back' }>): void {
    const { wrapper } = this.#options;
    const fix =
      wrapper.length > 0 ? `look at its option "wrapper" (${wrapper[0]})` : 'set its mode to "auto"';
    const why = `the reader of kernel events cannot be started: ${reason}`;
    this.#subscriber.error(sourceUnavailable(SOURCE_NAME, why, fix));
  }

  #begin(): void {
    this.#report();
    if (this.#timer === undefined) this.#startReporting();
  }

  /**
   * Reports from one interval on. After a falling back these reports are empty, since what was known is gone with the reader;
   * by the first of them whoever takes the connections over has had the time to.
   */
  #startReporting(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => void this.#reportAll(), this.#options.every);
  }

  /** A report of all that happened before it: a connection that ended just now is in this one, and not in the next. */
  async #reportAll(): Promise<void> {
    if (this.#isCatchingUp) return;
    this.#isCatchingUp = true;
    await this.#feed.catchUp();
    this.#isCatchingUp = false;
    if (!this.#subscriber.closed) this.#report();
  }

  #report(): void {
    const { host } = this.#context;
    const now = this.#context.now();
    const monotonic = Number(process.hrtime.bigint()) / 1e6;
    const { open, closed, failed } = this.#feed.report();
    this.#failedConnections += failed.length;
    const status = this.#feed.status();
    const connections = [...open, ...closed];
    const wanted = new Set(connections.map(({ networkNamespace }) => networkNamespace));
    const { state } = status;
    const report = buildReport({
      host,
      symbols: this.#context.symbols(),
      window: { from: Math.min(this.#reportedUntil, now), to: now },
      connections: thinConnections(connections, this.#options.keep),
      scopes: this.#namespaces.scopes(monotonic, wanted),
      clockOffsetMillis: this.#offset(now, monotonic),
      cgroupPathOf: (id) => this.#cgroups.pathOf(id, monotonic),
      hasPids: state.kind !== 'running' || state.inFirstPidNamespace,
      lost: describeLosses(status.losses, host),
    });
    this.#reportedUntil = now;
    this.#context.notify(describeFeed(status, describeFailures(this.#failedConnections, failed)));
    this.#subscriber.next(report);
  }
}
