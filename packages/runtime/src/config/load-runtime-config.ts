import { type Report, RidgelineError, type SourceDef } from '@ridgeline/core';
import { builtinSources, viewingPlugins } from '../builtin-plugins.ts';
import { reverseDns } from '../dns/reverse-dns.ts';
import type { ConfigIssue } from './issue.ts';
import { type LoadedConfig, loadConfig } from './load-config.ts';
import type { ConfigPlace } from './read-configs.ts';
import type { OfferedSource } from './resolve-sources.ts';

/** A config for everything that is built in: what `createRidgeline` takes, and more. */
export interface RuntimeConfig extends LoadedConfig {
  /** The options of source `reverse-dns`, if it is on. */
  readonly reverseDns?: unknown;
}

/** A config for everything built in, or all that is wrong with it. */
export type RuntimeConfigOutcome =
  | { readonly ok: true; readonly config: RuntimeConfig }
  | { readonly ok: false; readonly issues: readonly ConfigIssue[] };

/** The sources that a config can switch on and off. */
export function offeredSources(): readonly OfferedSource[] {
  const names = reverseDns({
    report: (): Report => {
      throw new RidgelineError('BAD_REQUEST', 'source reverse-dns is described here, and not connected');
    },
  });
  return [...builtinSources, { def: names as SourceDef<never>, isDefault: false, isLate: true }];
}

/**
 * Loads the config of a folder for everything that is built in.
 *
 * @example
 * const outcome = await loadRuntimeConfig({ directory: cwd() });
 * if (outcome.ok) createRidgeline(outcome.config).start();
 * else for (const issue of outcome.issues) console.error(formatConfigIssue(issue));
 */
export async function loadRuntimeConfig(place: ConfigPlace): Promise<RuntimeConfigOutcome> {
  const outcome = await loadConfig({ ...place, plugins: viewingPlugins(), sources: offeredSources() });
  if (!outcome.ok) return outcome;
  const names = outcome.config.sources.get('reverse-dns');
  return {
    ok: true,
    config: { ...outcome.config, ...(names === undefined ? {} : { reverseDns: names.options }) },
  };
}
