import type { Millis, Plugin, Report, ReportOrigin, SourceUse } from '@ridgeline/core';
import { tap } from 'rxjs';

/** Told of every report of every source as it comes, before anything is joined. */
export type ReportListener = (origin: ReportOrigin, report: Report, interval: Millis) => void;

/**
 * The same plugins, whose sources tell a listener of each report on its way to the engine.
 *
 * @example
 * const recorder = await openRecorder('incident.rgl', clocks);
 * const plugins = tapSources([procfs()], (...report) => recorder.write(...report));
 */
export function tapSources(plugins: readonly Plugin[], listener: ReportListener): readonly Plugin[] {
  return plugins.map((plugin) => {
    const { sources } = plugin.contributions;
    if (sources === undefined) return plugin;
    const tapped = (sources as readonly unknown[] as readonly SourceUse[]).map((use) =>
      tapUse(use, listener),
    );
    return {
      ...plugin,
      contributions: { ...plugin.contributions, sources: tapped as readonly unknown[] as typeof sources },
    };
  });
}

function tapUse({ def, options }: SourceUse, listener: ReportListener): SourceUse {
  const interval = def.interval(options);
  return {
    options,
    def: {
      ...def,
      connect: (given, context) =>
        def.connect(given, context).pipe(
          tap((report) => {
            listener(report.origin ?? { source: def.name, host: context.host }, report, interval);
          }),
        ),
    },
  };
}
