import { access } from 'node:fs/promises';
import {
  createRidgeline,
  isRecording,
  Lifecycle,
  lineLog,
  replayPlugin,
  silentLog,
  stopOnSignals,
} from '@ridgeline/runtime';
import { defaultIfEmpty, filter, firstValueFrom, fromEvent, takeUntil } from 'rxjs';
import { EXIT, UsageError } from '../failure.ts';
import type { Io } from '../io.ts';
import type { Format, ViewFlags } from '../session/flags.ts';
import { loadSessionConfig, withoutSources } from '../session/session-config.ts';
import { checkedRequest, print, watch } from './view.ts';

/** The flags of `ridgeline replay`. */
export interface ReplayFlags extends ViewFlags {
  readonly view: string;
  readonly speed: number | 'max';
  readonly loop?: boolean;
  readonly format: Format;
  readonly watch?: boolean;
}

/** `ridgeline replay FILE`: on a terminal the live view; else the last picture once the recording has ended. */
export async function runReplay(io: Io, file: string, flags: ReplayFlags): Promise<number> {
  await access(file);
  if (!(await isRecording(file))) {
    throw new UsageError(
      `${file} is no recording`,
      `to look at a report: ridgeline view ${flags.view} --input ${file}`,
    );
  }
  const isLive = flags.format === 'table' && io.out.isTTY === true;
  const lifecycle = new Lifecycle(silentLog);
  const config = await loadSessionConfig(flags);
  const ridgeline = createRidgeline({
    settings: config.settings,
    plugins: [
      ...withoutSources(config.plugins),
      replayPlugin({ file, speed: flags.speed, loop: flags.loop === true }),
    ],
    log: isLive ? silentLog : lineLog((line) => io.err.write(line)),
  });
  const request = checkedRequest(ridgeline, config, flags.view, flags);
  stopOnSignals(lifecycle, io.signals, (signal) => io.exit(signal === 'SIGINT' ? 130 : 143));
  lifecycle.defer('sources', () => ridgeline.stop());
  const ended = firstValueFrom(
    ridgeline.sources$.pipe(
      filter((sources) =>
        sources.some(({ name, state }) => name === 'replay' && (state === 'stopped' || state === 'failed')),
      ),
      takeUntil(fromEvent(lifecycle.signal, 'abort')),
      defaultIfEmpty(undefined),
    ),
  );
  ridgeline.start();
  try {
    if (isLive || flags.watch === true) {
      // The last picture stays on the screen until someone has seen it; a pipe ends with the recording.
      if (!isLive) void ended.then(() => lifecycle.stop());
      await watch(io, ridgeline, request, flags.format, lifecycle);
    } else {
      await ended;
    }
    await lifecycle.stop();
    const failed = ridgeline.engine.sources.find(
      ({ name, state }) => name === 'replay' && state === 'failed',
    );
    if (failed !== undefined) {
      io.err.write(`ridgeline: ${file}: ${failed.message ?? 'the replay failed'}\n`);
      return EXIT.failed;
    }
    if (isLive || flags.watch === true) return EXIT.done;
    return print(io, ridgeline, request, flags.format) ? EXIT.done : EXIT.failed;
  } finally {
    await lifecycle.stop();
  }
}
