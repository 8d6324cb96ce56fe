/** Laws G: what every source keeps. */
import {
  mergeReports,
  type Report,
  reintern,
  Slots,
  type SourceContext,
  type SourceDef,
  SymbolTable,
  validateReport,
} from '@ridgeline/core';
import { reportText, sameReport } from '../plain/same.ts';

/** A world that a source can be run in: what it reads is recorded, its clock is told. */
export interface SourceWorld {
  readonly context: SourceContext;
  /** Lets input and time go on until the source has nothing more to do but wait. */
  run(): Promise<void>;
  /** How many handles (files, sockets, timers, subscriptions) the source holds open now. */
  handles(): number;
  /** How often the source has asked the world for anything. */
  work(): number;
  /** Ends the world. */
  close(): void | Promise<void>;
}

/** How a source is run by its laws. */
export interface SourceHarness<Options, Recording> {
  readonly options: Options;
  /** A new world that plays a recording; two worlds of one recording are alike, clocks included. */
  open(recording: Recording): SourceWorld | Promise<SourceWorld>;
}

/** G1: cold: connecting does no work; after it is unsubscribed, nothing is emitted and every handle is closed. */
export async function isCold<Options, Recording>(
  def: SourceDef<Options>,
  harness: SourceHarness<Options, Recording>,
  recording: Recording,
): Promise<boolean> {
  const world = await harness.open(recording);
  try {
    const reports$ = def.connect(harness.options, world.context);
    await world.run();
    const idle = world.handles() === 0 && world.work() === 0;
    let emitted = 0;
    const subscription = reports$.subscribe(() => emitted++);
    await world.run();
    subscription.unsubscribe();
    const before = emitted;
    await world.run();
    return idle && before > 0 && emitted === before && world.handles() === 0;
  } finally {
    await world.close();
  }
}

/** The reports of a source in a world of a recording, until it has nothing more to do but wait. */
export async function runSource<Options, Recording>(
  def: SourceDef<Options>,
  harness: SourceHarness<Options, Recording>,
  recording: Recording,
): Promise<readonly Report[]> {
  const world = await harness.open(recording);
  try {
    const reports: Report[] = [];
    let failure: { readonly error: unknown } | undefined;
    const subscription = def.connect(harness.options, world.context).subscribe({
      next: (report) => reports.push(report),
      error: (error: unknown) => {
        failure = { error };
      },
    });
    await world.run();
    subscription.unsubscribe();
    if (failure !== undefined) throw failure.error;
    return reports;
  } finally {
    await world.close();
  }
}

/** G3: every report passes `validate`, and windows do not run backwards. */
export function reportsAreValid(reports: readonly Report[]): boolean {
  return reports.every(
    (report, i) =>
      validateReport(report).length === 0 &&
      reports
        .slice(0, i)
        .every((earlier) => originOf(earlier) !== originOf(report) || earlier.window.to <= report.window.to),
  );
}

/** G4: the same recorded bytes and clock ⇒ ≅ reports. */
export function reportsAreAlike(a: readonly Report[], b: readonly Report[]): boolean {
  return a.length === b.length && a.every((report, i) => sameReport(report, b[i] as Report));
}

/**
 * G5: reports delivered late, twice or out of order end in the same join: that of the newest of each origin. Of reports
 * of one origin whose windows end at one instant only the first is taken: those have no order of their own.
 */
export function endsTheSame(reports: readonly Report[], order: readonly number[]): boolean {
  const distinct = reports.filter(
    (report, i) =>
      !reports.slice(0, i).some((o) => originOf(o) === originOf(report) && o.window.to === report.window.to),
  );
  const deliver = (sequence: readonly Report[]): string => {
    const slots = new Slots({});
    for (const report of sequence) slots.put(report.origin ?? unnamed, report, 0, 1000);
    return reportText(slots.joined());
  };
  const shuffled = [...order.flatMap((i) => distinct[i] ?? []), ...distinct];
  const newest = distinct.filter(
    (report) => !distinct.some((o) => originOf(o) === originOf(report) && o.window.to > report.window.to),
  );
  const symbols = new SymbolTable();
  const joined = reportText(
    mergeReports(
      symbols,
      newest.map((report) => reintern(report, symbols)),
    ),
  );
  return deliver(shuffled) === joined && deliver([...shuffled].reverse()) === joined;
}

const unnamed = { source: 'source', host: 'host' };

function originOf({ origin = unnamed }: Report): string {
  return JSON.stringify([origin.source, origin.host]);
}
