import type { Plugin } from '@ridgeline/core';
import {
  type ConfigIssue,
  formatConfigIssue,
  loadRuntimeConfig,
  type RuntimeConfig,
} from '@ridgeline/runtime';
import { UsageError } from '../failure.ts';

/** Which config a command runs with. */
export interface ConfigFlag {
  /** A file in place of the nearest `ridgeline.config.*`. */
  readonly config?: string;
}

/**
 * The config of the working folder, or the one that was named; without any, what is built in.
 *
 * @throws UsageError with everything that is wrong with it: nothing is started then
 */
export async function loadSessionConfig({ config }: ConfigFlag): Promise<RuntimeConfig> {
  const outcome = await loadRuntimeConfig({ directory: process.cwd(), file: config });
  if (outcome.ok) return outcome.config;
  throw new UsageError(
    `the config cannot be used\n${outcome.issues.map(indented).join('\n')}`,
    'nothing was started; see: ridgeline config check',
  );
}

function indented(issue: ConfigIssue): string {
  return formatConfigIssue(issue).replace(/^/gm, '  ');
}

/** The same plugins without their sources: for what comes from a file, or from other sources. */
export function withoutSources(plugins: readonly Plugin[]): readonly Plugin[] {
  return plugins.map((plugin) =>
    plugin.contributions.sources === undefined
      ? plugin
      : { ...plugin, contributions: { ...plugin.contributions, sources: [] } },
  );
}
