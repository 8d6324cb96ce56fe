import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Millis } from '@ridgeline/core';
import {
  createRidgeline,
  Lifecycle,
  lineLog,
  openRecorder,
  stopOnSignals,
  systemClock,
  systemHostName,
} from '@ridgeline/runtime';
import { EXIT } from '../failure.ts';
import type { Io } from '../io.ts';
import type { Format, SourceFlags, ViewFlags } from '../session/flags.ts';
import { endWithoutRequired } from '../session/required-sources.ts';
import { loadSessionConfig } from '../session/session-config.ts';
import { describeBytes, describeCount, describeSpan } from '../terminal/quantities.ts';
import { checkedRequest, print, runtimeOptions } from './view.ts';

/** The flags of `ridgeline record`. */
export interface RecordFlags extends ViewFlags, SourceFlags {
  readonly for?: Millis;
  readonly force?: boolean;
  /** A view whose last picture is printed when the recording ends. */
  readonly view?: string;
  readonly format: Format;
}

/** `ridgeline record FILE`: writes every report as it comes, until `--for` has passed or Ctrl-C. */
export async function runRecord(io: Io, file: string, flags: RecordFlags): Promise<number> {
  // Before the file is made: a config that is wrong leaves none behind.
  const config = await loadSessionConfig(flags);
  const log = lineLog((line) => io.err.write(line));
  const lifecycle = new Lifecycle(log);
  const clock = systemClock;
  const started = clock.monotonic();
  let failure: unknown;
  const recorder = await openRecorder(file, {
    host: systemHostName(),
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    overwrite: flags.force === true,
  });
  const ridgeline = createRidgeline({
    ...runtimeOptions(config, flags),
    log,
    onReport: (origin, report, interval) => {
      recorder.write(origin, report, interval).catch((error: unknown) => {
        failure ??= error;
        void lifecycle.stop();
      });
    },
  });
  stopOnSignals(lifecycle, io.signals, (signal) => io.exit(signal === 'SIGINT' ? 130 : 143));
  lifecycle.defer('recording', () => (failure === undefined ? recorder.close() : undefined));
  try {
    const request =
      flags.view === undefined ? undefined : checkedRequest(ridgeline, config, flags.view, flags);
    ridgeline.start();
    lifecycle.defer('sources', () => ridgeline.stop());
    const checkRequired = endWithoutRequired(ridgeline, lifecycle);
    await untilEnd(lifecycle.signal, flags.for);
    await lifecycle.stop();
    if (failure !== undefined) throw failure;
    checkRequired();
    const { size } = await stat(file);
    io.err.write(
      `recorded ${describeCount(recorder.reports)} reports in ${describeSpan(clock.monotonic() - started)}: ${file}, ${describeBytes(size)}\n`,
    );
    if (request !== undefined) print(io, ridgeline, request, flags.format);
    return recorder.reports > 0 ? EXIT.done : EXIT.failed;
  } finally {
    await lifecycle.stop();
  }
}

async function untilEnd(signal: AbortSignal, millis: Millis | undefined): Promise<void> {
  // Timers of Node count in 31 bits; whoever records for longer stops it by hand.
  const most = 2 ** 31 - 1;
  await wait(Math.min(millis ?? most, most), undefined, { signal }).catch(() => {});
}
