import type { OrphanPolicy, Plugin } from '@ridgeline/core';

/**
 * What a config file says. All of it is optional; tables with every key: docs/config.md.
 *
 * The one schema behind it is `configSchema`, which checks it, describes it to editors and documents it.
 */
export interface Config {
  /** Where an editor finds the JSON Schema; read by nobody else. */
  readonly $schema?: string | undefined;
  /** Configs this one builds on: paths or packages, the later over the earlier. */
  readonly extends?: string | readonly string[] | undefined;
  /** By name: its options, `true` for its defaults, `false` to switch it off. */
  readonly sources?: Readonly<Record<string, boolean | Readonly<Record<string, unknown>>>> | undefined;
  /** Plugins: packages, paths or, in a script, values. */
  readonly plugins?: readonly PluginEntry[] | undefined;
  /** Named filters, for use in all other filters. */
  readonly filters?: Readonly<Record<string, ConfigFilter | NamedFilterConfig>> | undefined;
  /** What is set of a view by its name, and of `all`. */
  readonly views?: Readonly<Record<string, ViewConfig>> | undefined;
  /** Views made of others by grouping their nodes. */
  readonly derived?: Readonly<Record<string, DerivedViewConfig>> | undefined;
  /** Names for parts of the Internet. */
  readonly external?: Readonly<Record<string, ExternalGroupConfig>> | undefined;
  /** What readers must not see, by name of the policy. */
  readonly policies?: Readonly<Record<string, PolicyConfig>> | undefined;
  /** By role: the policy that its readers are under. */
  readonly roles?: RolesConfig | undefined;
}

/** A filter as text, or in its JSON form (docs/filter-language.md). */
export type ConfigFilter = boolean | string | Readonly<Record<string, unknown>>;

/** A named filter with parameters, to which `where` refers as `$name`. */
export interface NamedFilterConfig {
  readonly parameters?: readonly (string | ParameterConfig)[] | undefined;
  readonly where: ConfigFilter;
}

/** A parameter that may be left out. */
export interface ParameterConfig {
  readonly name: string;
  readonly default?: string | number | boolean | readonly (string | number)[] | undefined;
}

/** What makes a plugin of its options: what `definePlugin` gives. */
export type AnyPluginFactory = (options: never) => Plugin;

/** A plugin, by the place it is found at or as a value. */
export type PluginEntry = string | Plugin | AnyPluginFactory | PluginUse;

/** A plugin with its options. */
export interface PluginUse {
  readonly use: string | AnyPluginFactory;
  /** Which export of the module, where there are several. */
  readonly export?: string | undefined;
  readonly options?: unknown;
}

/** A filter of a chain, with what a plain one cannot say. */
export interface ChainEntry {
  readonly where: ConfigFilter;
  /** What it is called where it is counted. */
  readonly name?: string | undefined;
  /** Whether it tests pseudo nodes (the Internet, known services), too. */
  readonly pseudo?: 'exempt' | 'test' | undefined;
}

/** What is set of a view. */
export interface ViewConfig {
  /** Filters that are added to whatever is asked of the view; all must hold. */
  readonly filters?: readonly (ConfigFilter | ChainEntry)[] | undefined;
  /** Values of option groups, in place of the view's own defaults. */
  readonly options?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** What becomes of nodes without an edge. */
  readonly orphans?: OrphanPolicy | undefined;
}

/** A view of another view's nodes, grouped. */
export interface DerivedViewConfig {
  /** The view whose nodes are grouped; filters go on acting on them. */
  readonly of: string;
  /** The field whose value names the group: `label.team`, `docker.image.name`, … */
  readonly by: string;
  readonly label?: string | undefined;
  /** Views are listed by ascending rank. */
  readonly rank?: number | undefined;
  /** What becomes of nodes without the field. */
  readonly missing?: 'gather' | 'keep' | 'drop' | undefined;
  readonly options?: Readonly<Record<string, string | readonly string[]>> | undefined;
}

/** What readers must not see. */
export interface PolicyConfig {
  readonly hide?: HideConfig | undefined;
  readonly redact?: RedactConfig | undefined;
}

/** What is not there for readers, with all that only it leads to. */
export interface HideConfig {
  readonly namespaces?: readonly string[] | undefined;
  readonly hosts?: readonly string[] | undefined;
  readonly labels?: Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly where?: readonly (ConfigFilter | HideEntry)[] | undefined;
}

/** A filter for what is hidden, of some topologies only. */
export interface HideEntry {
  readonly where: ConfigFilter;
  readonly of?: string | readonly string[] | undefined;
}

/** What is left out of what is shown. */
export interface RedactConfig {
  readonly arguments?: boolean | undefined;
  readonly environment?: boolean | undefined;
  readonly keys?: readonly string[] | undefined;
}

/** By role: the name of its policy; without one it sees all. */
export interface RolesConfig {
  readonly viewer?: string | undefined;
  readonly operator?: string | undefined;
}

/** Networks and DNS suffixes that belong together: in short as one list, told apart by their looks. */
export type ExternalGroupConfig =
  | readonly string[]
  | {
      readonly networks?: readonly string[] | undefined;
      readonly domains?: readonly string[] | undefined;
    };
