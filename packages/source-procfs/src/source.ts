import {
  defineSource,
  type Report,
  RidgelineError,
  type SourceContext,
  type SourceDef,
} from '@ridgeline/core';
import { Observable } from 'rxjs';
import { etcFolder, type ProcfsOptions, procfsOptions } from './options.ts';
import { Reporter, sourceName } from './report.ts';
import { runSliced } from './run-sliced.ts';
import { type Scan, Scanner } from './scan.ts';
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
export const procfs: SourceDef<ProcfsOptions> = defineSource<ProcfsOptions>({
  name: sourceName,
  description: 'processes, sockets and host facts from /proc',
  produces: ['endpoint', 'process', 'host'],
  options: procfsOptions,
  interval: ({ every }) => every,
  connect: (options, context) =>
    new Observable<Report>((subscriber) => {
      const abort = new AbortController();
      scanForever(options, context, abort.signal, (report) => subscriber.next(report)).catch(
        (error: unknown) => subscriber.error(error),
      );
      return () => abort.abort();
    }),
});

async function scanForever(
  options: ProcfsOptions,
  context: SourceContext,
  signal: AbortSignal,
  emit: (report: Report) => void,
): Promise<void> {
  const scanner = new Scanner({ root: options.root, etc: etcFolder(options) });
  const reporter = new Reporter(context.host);
  const isRoot = process.geteuid?.() === 0;
  const monotonic = (): number => context.monotonic();
  for (;;) {
    const start = context.monotonic();
    const steps = scanAndReport(scanner, reporter, context, options.root);
    const result = await runSliced(steps, { monotonic, signal });
    if (result === undefined) return;
    const { scan, report } = result.value;
    const everyMillis = options.every;
    const periodMillis = Math.max(everyMillis, result.heldMillis / options.share);
    context.notify(describeScan(scan, { heldMillis: result.heldMillis, periodMillis, everyMillis, isRoot }));
    emit(report);
    await pause(periodMillis - (context.monotonic() - start), signal);
    if (signal.aborted) return;
  }
}

function* scanAndReport(
  scanner: Scanner,
  reporter: Reporter,
  context: SourceContext,
  root: string,
): Generator<void, { scan: Scan; report: Report }, void> {
  const scan = yield* scanner.scan(context.now(), context.monotonic());
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

function pause(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, millis));
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
