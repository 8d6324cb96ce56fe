import { createRidgeline, Lifecycle, lineLog, stopOnSignals } from '@ridgeline/runtime';
import { EXIT } from '../failure.ts';
import type { Io } from '../io.ts';
import type { SourceFlags } from '../session/flags.ts';
import { type ServerFlags, serve } from '../session/serve.ts';
import { type ConfigFlag, loadSessionConfig, withoutSources } from '../session/session-config.ts';
import { runtimeOptions } from './view.ts';

/** The flags of `ridgeline app`. */
export interface AppFlags extends ServerFlags, SourceFlags, ConfigFlag {}

/** `ridgeline app`: serves what is sent to it, and what sources report that were asked for, until a signal. */
export async function runApp(io: Io, flags: AppFlags): Promise<number> {
  const log = lineLog((line) => io.err.write(line));
  const lifecycle = new Lifecycle(log);
  const config = await loadSessionConfig(flags);
  const options = runtimeOptions(config, flags);
  const ridgeline = createRidgeline({
    ...options,
    plugins: flags.source.length > 0 ? (options.plugins ?? []) : withoutSources(options.plugins ?? []),
    log,
  });
  stopOnSignals(lifecycle, io.signals, (signal) => io.exit(signal === 'SIGINT' ? 130 : 143));
  lifecycle.defer('sources', () => ridgeline.stop());
  ridgeline.start();
  try {
    const { jsonLog } = await import('@ridgeline/server');
    await serve(io, ridgeline, flags, lifecycle, {
      filters: config.filters,
      policies: config.roles,
      log: jsonLog({ write: (line) => io.err.write(line) }),
    });
    await new Promise<void>((resolve) => lifecycle.defer('waiting', () => resolve()));
    return EXIT.done;
  } finally {
    await lifecycle.stop();
  }
}
