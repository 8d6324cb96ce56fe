import {
  defineSource,
  type Report,
  RidgelineError,
  type SourceContext,
  type SourceDef,
} from '@ridgeline/core';
import { NEVER, Observable, type Subscription } from 'rxjs';
import { etcFolder, type ProcfsOptions, procfsOptions } from './options.ts';
import { Reporter, sourceName } from './report.ts';
import { runSliced } from './run-sliced.ts';
import { type Scan, Scanner } from './scan.ts';
import type { TcpDemand } from './socket-reader.ts';
import { describeScan } from './status.ts';

/**
 * Processes, sockets of every network namespace, and host facts, from /proc.
 *
 * Scans every `every` milliseconds, in slices that let the event loop turn after 5 ms, and rarer if scans would take more than
 * `share` of one core. The first report comes as soon as it is made. What could not be seen is told in notices.
 *
 * @example
 * const reports$ = procfs.connect({ root: '/proc', every: 1000, share: 0.1 }, context);
 */
export const procfs: SourceDef<ProcfsOptions> = createProcfs();

/** What a composition root may tell the source while it runs. */
export interface ProcfsGuide {
  /** Which TCP sockets are wanted; all until it says otherwise. A change to `all` begins a scan at once. */
  readonly tcpDemand$?: Observable<TcpDemand>;
}

/** The source, guided: it leaves TCP connections to whoever tells them at less cost, and takes them over again when asked to. */
export function createProcfs({ tcpDemand$ = NEVER }: ProcfsGuide = {}): SourceDef<ProcfsOptions> {
  return defineSource<ProcfsOptions>({
    name: sourceName,
    description: 'processes, sockets and host facts from /proc',
    produces: ['endpoint', 'process', 'host'],
    options: procfsOptions,
    interval: ({ every }) => every,
    connect: (options, context) =>
      new Observable<Report>((subscriber) => {
        const abort = new AbortController();
        const demand = new Demand(tcpDemand$);
        scanForever(options, context, abort.signal, demand, (report) => subscriber.next(report)).catch(
          (error: unknown) => subscriber.error(error),
        );
        return () => {
          demand.close();
          abort.abort();
        };
      }),
  });
}

/** What is wanted now; wakes whoever waits when that has become more. */
class Demand {
  tcp: TcpDemand = 'all';
  readonly #subscription: Subscription;
  #wake: (() => void) | undefined;

  constructor(tcpDemand$: Observable<TcpDemand>) {
    this.#subscription = tcpDemand$.subscribe((demand) => {
      const isMore = demand === 'all' && this.tcp !== 'all';
      this.tcp = demand;
      if (isMore) this.#wake?.();
    });
  }

  /** @param wake - called when more is wanted; left out: nobody waits */
  onMore(wake: (() => void) | undefined): void {
    this.#wake = wake;
  }

  close(): void {
    this.#subscription.unsubscribe();
  }
}

async function scanForever(
  options: ProcfsOptions,
  context: SourceContext,
  signal: AbortSignal,
  demand: Demand,
  emit: (report: Report) => void,
): Promise<void> {
  const scanner = new Scanner({ root: options.root, etc: etcFolder(options) });
  const reporter = new Reporter(context.host);
  const isRoot = process.geteuid?.() === 0;
  const monotonic = (): number => context.monotonic();
  for (;;) {
    const start = context.monotonic();
    const tcpDemand = demand.tcp;
    const steps = scanAndReport(scanner, reporter, context, options.root, tcpDemand);
    const result = await runSliced(steps, { monotonic, signal });
    if (result === undefined) return;
    const { scan, report } = result.value;
    const everyMillis = options.every;
    const periodMillis = Math.max(everyMillis, result.heldMillis / options.share);
    context.notify(describeScan(scan, { heldMillis: result.heldMillis, periodMillis, everyMillis, isRoot }));
    emit(report);
    // What has come to be wanted since this scan began is not waited for.
    const isMoreWanted = demand.tcp === 'all' && tcpDemand !== 'all';
    if (!isMoreWanted) await pause(periodMillis - (context.monotonic() - start), signal, demand);
    if (signal.aborted) return;
  }
}

function* scanAndReport(
  scanner: Scanner,
  reporter: Reporter,
  context: SourceContext,
  root: string,
  tcpDemand: TcpDemand,
): Generator<void, { scan: Scan; report: Report }, void> {
  const scan = yield* scanner.scan(context.now(), context.monotonic(), tcpDemand);
  if (scan === undefined) throw unreadableRoot(root);
  // The table is asked for late: it must not be replaced between the first symbol and the report.
  const report = yield* reporter.report(scan, context.symbols());
  return { scan, report };
}

function unreadableRoot(root: string): RidgelineError {
  return new RidgelineError(
    'BAD_OPTIONS',
    `source "${sourceName}": the folder ${root} cannot be listed`,
    { source: sourceName, root },
    'give "root" a mounted proc file system, or a copy of one',
  );
}

function pause(millis: number, signal: AbortSignal, demand: Demand): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      demand.onMore(undefined);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, millis));
    signal.addEventListener('abort', done);
    demand.onMore(done);
    if (signal.aborted) done();
  });
}
