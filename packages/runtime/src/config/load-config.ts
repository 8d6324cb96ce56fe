import { type NamedFilter, type Plugin, Registry, type Settings } from '@ridgeline/core';
import { reportedBy } from './check-site.ts';
import { deriveViews } from './derive-views.ts';
import { type ExternalGroup, nameExternalGroups } from './external-groups.ts';
import { FilterReader } from './filter-reader.ts';
import { type ImportModule, importModule } from './import-module.ts';
import { type ConfigIssue, Issues } from './issue.ts';
import { loadPlugins } from './load-plugins.ts';
import { type MergedConfig, mergeConfigs } from './merge-configs.ts';
import { readNamedFilters } from './named-filters.ts';
import { type ConfigPlace, noFile, readConfigs } from './read-configs.ts';
import { readExternalGroups } from './read-external.ts';
import { type ResolvedPolicies, resolvePolicies } from './resolve-policies.ts';
import { type OfferedSource, type ResolvedSources, resolveSources } from './resolve-sources.ts';
import { resolveViews } from './resolve-views.ts';

/** What {@link loadConfig} takes. */
export interface LoadConfigOptions extends ConfigPlace {
  /** The plugins that are always there: topologies, fields, filters, views. */
  readonly plugins: readonly Plugin[];
  /** The sources that a config can switch on and off. */
  readonly sources: readonly OfferedSource[];
  /** How scripts and plugins are imported; for tests. */
  readonly importModule?: ImportModule;
}

/** A config that can be used. */
export interface LoadedConfig {
  /** As they are found from the working directory, the base first; none when there is no config. */
  readonly files: readonly string[];
  /** All plugins, with the sources that run; ready for `createRidgeline`. */
  readonly plugins: readonly Plugin[];
  /** Chains, options and orphans of views; ready for `createRidgeline`. */
  readonly settings: Settings;
  readonly namedFilters: ReadonlyMap<string, NamedFilter>;
  readonly externalGroups: readonly ExternalGroup[];
  /** What readers must not see, by name of the policy; ready to be applied. */
  readonly policies: ResolvedPolicies['byName'];
  /** The policies of roles; one without any sees all. */
  readonly roles: ResolvedPolicies['byRole'];
  /** Reads filters of requests: the names of plugins and of the config may be used in them. */
  readonly filters: FilterReader;
  readonly sources: ResolvedSources['byName'];
  /** What the files say together, and where each part stands. */
  readonly merged: MergedConfig;
}

/** A config, or everything that is wrong with it. */
export type ConfigOutcome =
  | { readonly ok: true; readonly config: LoadedConfig }
  | { readonly ok: false; readonly issues: readonly ConfigIssue[] };

/**
 * Finds, reads, merges and checks a config, and makes plugins and settings of it. Nothing is started.
 *
 * @returns all that is wrong at once, each with its file, path and line; without any config the built-in one
 * @throws never for what a file, a plugin or an option says
 *
 * @example
 * const outcome = await loadConfig({ directory: cwd(), plugins: viewingPlugins(), sources: builtinSources });
 * if (outcome.ok) createRidgeline(outcome.config).start();
 * else for (const issue of outcome.issues) console.error(formatConfigIssue(issue));
 */
export async function loadConfig(options: LoadConfigOptions): Promise<ConfigOutcome> {
  const issues = new Issues();
  const importer = options.importModule ?? importModule;
  const files = await readConfigs(options, importer, issues);
  const root = { file: noFile(options.directory), config: {} };
  const merged = mergeConfigs(files.length === 0 ? [root] : files);
  const { config, placeOf } = merged;
  const importing = { issues, importModule: importer, placeOf };
  const loaded = await loadPlugins(config.plugins ?? [], options.plugins, importing);
  const externalGroups = readExternalGroups(config.external ?? {}, { issues, placeOf });
  const named = nameExternalGroups([...options.plugins, ...loaded], externalGroups);
  const isPartial = issues.hideNames;
  const sources = resolveSources(config.sources ?? {}, options.sources, named, {
    issues,
    placeOf,
    isPartial,
  });
  const derived = deriveViews(config.derived ?? {}, {
    registry: new Registry(sources.plugins),
    issues,
    placeOf,
    isPartial,
  });
  const own: Plugin = Object.freeze({
    ...derived,
    contributions: Object.freeze({ ...derived.contributions, sources: sources.uses }),
  });
  const plugins = [...sources.plugins, own];
  const registry = new Registry(plugins);
  const scope = { registry, issues, placeOf };
  const namedFilters = readNamedFilters(config.filters ?? {}, { ...scope, isPartial });
  const reader = new FilterReader(registry, namedFilters);
  const open = reportedBy(loaded);
  const viewScope = { ...scope, open, isPartial: issues.hideNames, views: registry.views, reader };
  const settings = resolveViews(config, viewScope);
  const policies = resolvePolicies(config, { ...scope, isPartial: issues.hideNames, reader });
  if (!issues.isEmpty) return { ok: false, issues: issues.list() };
  return {
    ok: true,
    config: {
      files: files.map(({ file }) => file.name),
      plugins,
      settings,
      namedFilters,
      externalGroups,
      policies: policies.byName,
      roles: policies.byRole,
      filters: reader,
      sources: sources.byName,
      merged,
    },
  };
}
