import type { Millis, ViewRequest } from '@ridgeline/core';
import type { Ridgeline } from '@ridgeline/core/live';
import { deltaJson } from '@ridgeline/core/wire';
import {
  createRidgeline,
  Lifecycle,
  lineLog,
  type RuntimeConfig,
  type RuntimeOptions,
  silentLog,
  stopOnSignals,
} from '@ridgeline/runtime';
import { of } from 'rxjs';
import { EXIT, UsageError } from '../failure.ts';
import { sceneOf } from '../format/picture.ts';
import type { Io } from '../io.ts';
import { firstReports } from '../session/first-reports.ts';
import type { Format, SourceFlags, ViewFlags } from '../session/flags.ts';
import { withKernelSources } from '../session/kernel-sources.ts';
import { showLive } from '../session/live-screen.ts';
import { tellChanges } from '../session/plain-lines.ts';
import { printPicture } from '../session/print-picture.ts';
import { readInput } from '../session/read-input.ts';
import { endWithoutRequired, requiredReports } from '../session/required-sources.ts';
import { loadSessionConfig, withoutSources } from '../session/session-config.ts';
import { pluginsFor } from '../session/source-plugins.ts';
import { requestOf } from '../session/view-request.ts';
import { watchChanges } from '../session/watch-changes.ts';

/** The flags of `ridgeline view`. */
export interface ViewCommandFlags extends ViewFlags, SourceFlags {
  readonly format: Format;
  readonly watch?: boolean;
  readonly input?: string;
  readonly timeout: Millis;
}

/** `ridgeline view <view>`: one picture, or all of them as they come. */
export async function runView(io: Io, view: string, flags: ViewCommandFlags): Promise<number> {
  if (flags.input !== undefined) return await viewFile(io, view, flags, flags.input);
  const lifecycle = new Lifecycle(silentLog);
  const isLive = flags.watch === true && flags.format === 'table' && io.out.isTTY === true;
  const config = await loadSessionConfig(flags);
  const ridgeline = createRidgeline({
    ...runtimeOptions(config, flags),
    log: flags.watch === true && !isLive ? lineLog((line) => io.err.write(line)) : silentLog,
  });
  const request = checkedRequest(ridgeline, config, view, flags);
  stopOnSignals(lifecycle, io.signals, (signal) => io.exit(signal === 'SIGINT' ? 130 : 143));
  ridgeline.start();
  lifecycle.defer('sources', () => ridgeline.stop());
  const checkRequired = endWithoutRequired(ridgeline, lifecycle);
  try {
    if (flags.watch === true) {
      await requiredReports(ridgeline, lifecycle);
      checkRequired();
      if (lifecycle.signal.aborted) return EXIT.done;
      const exitCode = await watch(io, ridgeline, request, flags.format, lifecycle);
      checkRequired();
      return exitCode;
    }
    const missing = await firstReports(ridgeline, flags.timeout, lifecycle.signal);
    checkRequired();
    if (lifecycle.signal.aborted) return EXIT.failed;
    for (const name of missing) {
      io.err.write(
        `ridgeline: source ${name} has not reported within ${flags.timeout / 1000} s; see --timeout\n`,
      );
    }
    if (!print(io, ridgeline, request, flags.format)) return EXIT.failed;
    const { sources } = ridgeline.engine;
    return sources.some((source) => source.reports > 0) ? EXIT.done : tellFailures(io, sources);
  } finally {
    await lifecycle.stop();
  }
}

/** What is run: the config, with the sources that the flags ask for. */
export function runtimeOptions(
  { plugins, settings, reverseDns }: RuntimeConfig,
  flags: SourceFlags,
): Pick<RuntimeOptions, 'plugins' | 'settings' | 'reverseDns'> {
  const names = flags.reverseDns === true ? (reverseDns ?? {}) : reverseDns;
  return {
    plugins: withKernelSources(pluginsFor(flags.source, plugins), flags),
    settings,
    ...(names === undefined ? {} : { reverseDns: names }),
  };
}

/** The request of the flags, tried on nothing: mistakes are told before anything starts. */
export function checkedRequest(
  ridgeline: Ridgeline,
  config: RuntimeConfig,
  view: string,
  flags: ViewFlags,
): ViewRequest {
  const request = requestOf(ridgeline.engine.registry, config.filters, view, flags);
  ridgeline.render(request);
  return request;
}

/**
 * Prints the picture of now.
 *
 * @returns whether it is of now: a plugin that failed leaves an old one, or an empty one
 */
export function print(io: Io, ridgeline: Ridgeline, request: ViewRequest, format: Format): boolean {
  const snapshot = ridgeline.render(request);
  const scene = sceneOf(snapshot, ridgeline.engine.sources, 1);
  if (format === 'ndjson') {
    ridgeline
      .watch(of(request))
      .subscribe((delta) => io.out.write(`${JSON.stringify(deltaJson(delta))}\n`))
      .unsubscribe();
  } else io.out.write(printPicture(io, scene, format));
  if (snapshot.stale === undefined) return true;
  io.err.write(`ridgeline: the picture is not of now: ${snapshot.stale.reason}\n`);
  return false;
}

/**
 * Shows pictures as they come, until a signal or the reader's end.
 *
 * @param url - where the page is, for the head of the screen
 */
export async function watch(
  io: Io,
  ridgeline: Ridgeline,
  request: ViewRequest,
  format: Format,
  lifecycle: Lifecycle,
  url?: string,
): Promise<number> {
  const ended = new Promise<void>((resolve) => lifecycle.defer('waiting', () => resolve()));
  const onBroken = (): void => void lifecycle.stop();
  io.out.on('error', onBroken);
  lifecycle.defer('output', () => {
    io.out.off('error', onBroken);
  });
  if (format === 'table') {
    if (io.out.isTTY === true) showLive(io, ridgeline, request, lifecycle, url);
    else tellChanges(io, ridgeline, request, lifecycle);
  } else {
    lifecycle.defer('deltas', follow(io, ridgeline, request, format));
  }
  await ended;
  await lifecycle.stop();
  return EXIT.done;
}

/** Milliseconds between two documents, at least. */
const DOCUMENT_PACE = 200;

/** Deltas for `ndjson`; for the others whole documents, one after the other. */
function follow(io: Io, ridgeline: Ridgeline, request: ViewRequest, format: Format): () => void {
  if (format === 'ndjson') {
    const deltas = ridgeline
      .watch(of(request))
      .subscribe((delta) => io.out.write(`${JSON.stringify(deltaJson(delta))}\n`));
    return () => deltas.unsubscribe();
  }
  let seq = 0;
  let before: unknown;
  return watchChanges(ridgeline, DOCUMENT_PACE, () => {
    const snapshot = ridgeline.render(request);
    if (snapshot === before || snapshot.at === 0) return;
    before = snapshot;
    const scene = sceneOf(snapshot, ridgeline.engine.sources, ++seq);
    io.out.write(format === 'json' ? `${JSON.stringify(scene.snapshot)}\n` : printPicture(io, scene, format));
  });
}

async function viewFile(io: Io, view: string, flags: ViewCommandFlags, path: string): Promise<number> {
  if (flags.watch === true)
    throw new UsageError(
      '--watch cannot be had with --input',
      'a recording is replayed by: ridgeline replay FILE',
    );
  if (flags.source.length > 0 || flags.ebpf !== undefined || flags.conntrack !== undefined)
    throw new UsageError('--source, --ebpf and --conntrack cannot be had with --input: the file says it all');
  const config = await loadSessionConfig(flags);
  const ridgeline = createRidgeline({ plugins: withoutSources(config.plugins), settings: config.settings });
  const request = checkedRequest(ridgeline, config, view, flags);
  for (const oddity of await readInput(ridgeline.engine, path))
    io.err.write(`ridgeline: ${path}: ${oddity}\n`);
  return print(io, ridgeline, request, flags.format) ? EXIT.done : EXIT.failed;
}

function tellFailures(io: Io, sources: Ridgeline['engine']['sources']): number {
  for (const { name, message } of sources) {
    io.err.write(`ridgeline: source ${name} gave no report${message === undefined ? '' : `: ${message}`}\n`);
  }
  return EXIT.failed;
}
