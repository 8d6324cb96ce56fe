import { definePlugin, type Plugin, type PluginFactory, type SourceDef, useSource } from '@ridgeline/core';
import { builtinFilters } from '@ridgeline/filters-builtin';
import { builtinRenderers, builtinViews } from '@ridgeline/renderers-builtin';
import { conntrack, conntrackOptions } from '@ridgeline/source-conntrack';
import { ebpf, ebpfOptions } from '@ridgeline/source-ebpf';
import { procfs, procfsOptions } from '@ridgeline/source-procfs';
import { replay, replayOptions } from '@ridgeline/source-replay';
import { topologies, vocabularyFields } from '@ridgeline/vocabulary';

/** Topologies and the fields that filters may ask for. */
export const vocabularyPlugin: PluginFactory = definePlugin({
  name: 'vocabulary',
  contribute: () => ({ topologies, fields: vocabularyFields }),
});

/** The built-in filters. */
export const filtersPlugin: PluginFactory = definePlugin({
  name: 'filters',
  contribute: () => ({ filters: builtinFilters }),
});

/** The built-in renderers and views. */
export const renderersPlugin: PluginFactory = definePlugin({
  name: 'renderers',
  contribute: () => ({ renderers: builtinRenderers, views: builtinViews }),
});

/** Processes, sockets and host facts of this machine. */
export const procfsPlugin: PluginFactory = definePlugin({
  name: 'procfs',
  options: procfsOptions,
  contribute: (options) => ({ sources: [useSource(procfs, options)] }),
});

/** Connections as the kernel tells of them, also those that are over before anyone looks. */
export const ebpfPlugin: PluginFactory = definePlugin({
  name: 'ebpf',
  options: ebpfOptions,
  contribute: (options) => ({ sources: [useSource(ebpf, options)] }),
});

/** Address translations, and flows through this machine. */
export const conntrackPlugin: PluginFactory = definePlugin({
  name: 'conntrack',
  options: conntrackOptions,
  contribute: (options) => ({ sources: [useSource(conntrack, options)] }),
});

/** A recording in place of what happens now. */
export const replayPlugin: PluginFactory = definePlugin({
  name: 'replay',
  options: replayOptions,
  contribute: (options) => ({ sources: [useSource(replay, options)] }),
});

/** Everything built in but sources: enough to look at reports that come from elsewhere. */
export function viewingPlugins(): readonly Plugin[] {
  return [vocabularyPlugin(), filtersPlugin(), renderersPlugin()];
}

/** A source that comes with Ridgeline, as a plugin that takes its options. */
export interface BuiltinSource {
  readonly def: SourceDef<never>;
  readonly plugin: PluginFactory;
  /** Whether it runs, where it works, unless other sources are asked for. */
  readonly isDefault: boolean;
}

/** The sources that come with Ridgeline. */
export const builtinSources: readonly BuiltinSource[] = Object.freeze([
  { def: procfs as SourceDef<never>, plugin: procfsPlugin, isDefault: true },
  { def: ebpf as SourceDef<never>, plugin: ebpfPlugin, isDefault: true },
  { def: conntrack as SourceDef<never>, plugin: conntrackPlugin, isDefault: true },
  { def: replay as SourceDef<never>, plugin: replayPlugin, isDefault: false },
]);

/** Everything built in, with the sources that run unless others are asked for. */
export function builtinPlugins(): readonly Plugin[] {
  return [
    ...viewingPlugins(),
    ...builtinSources.filter((source) => source.isDefault).map((source) => source.plugin()),
  ];
}
