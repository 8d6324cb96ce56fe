import { createRidgeline, Lifecycle, lineLog, silentLog, stopOnSignals } from '@ridgeline/runtime';
import { EXIT } from '../failure.ts';
import type { Io } from '../io.ts';
import type { SourceFlags, ViewFlags } from '../session/flags.ts';
import { endWithoutRequired, requiredReports } from '../session/required-sources.ts';
import { type ServerFlags, serve } from '../session/serve.ts';
import { loadSessionConfig } from '../session/session-config.ts';
import { checkedRequest, runtimeOptions, watch } from './view.ts';

/** The flags of `ridgeline up`. */
export interface UpFlags extends ViewFlags, SourceFlags, ServerFlags {
  readonly view: string;
  /** False: `--no-server`. */
  readonly server: boolean;
}

/** `ridgeline up`: the live map of this machine, until Ctrl-C. */
export async function runUp(io: Io, flags: UpFlags): Promise<number> {
  // A screen has a line for each source; without one, what happens to them is told beside the lines.
  const log = io.out.isTTY === true ? silentLog : lineLog((line) => io.err.write(line));
  const lifecycle = new Lifecycle(log);
  const config = await loadSessionConfig(flags);
  const ridgeline = createRidgeline({ ...runtimeOptions(config, flags), log });
  const request = checkedRequest(ridgeline, config, flags.view, withUnconnected(flags));
  stopOnSignals(lifecycle, io.signals, (signal) => io.exit(signal === 'SIGINT' ? 130 : 143));
  lifecycle.defer('sources', () => ridgeline.stop());
  ridgeline.start();
  const checkRequired = endWithoutRequired(ridgeline, lifecycle);
  try {
    await requiredReports(ridgeline, lifecycle);
    checkRequired();
    if (lifecycle.signal.aborted) return EXIT.done;
    const server = flags.server
      ? await serve(io, ridgeline, flags, lifecycle, { filters: config.filters, policies: config.roles })
      : undefined;
    const exitCode = await watch(io, ridgeline, request, 'table', lifecycle, server?.url);
    checkRequired();
    return exitCode;
  } finally {
    await lifecycle.stop();
  }
}

/** A quiet machine has a picture too: what has no connection is shown, unless something else was asked for. */
function withUnconnected(flags: UpFlags): UpFlags {
  const isSaid = flags.orphans !== undefined || flags.option.some((pair) => pair.startsWith('unconnected='));
  return isSaid || flags.raw === true ? flags : { ...flags, orphans: 'keep' };
}
