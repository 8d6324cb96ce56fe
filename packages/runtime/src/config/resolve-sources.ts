import { nearestName, type Plugin, type SourceDef, type SourceUse } from '@ridgeline/core';
import { checkOptionsAt, type OptionScope } from './check-options.ts';
import type { Config } from './config.ts';
import { isEntries } from './config-path.ts';
import { didYouMean } from './issue.ts';

/** A source that a config may switch on and off by its name. */
export interface OfferedSource {
  readonly def: SourceDef<never>;
  /** Whether it runs unless the config says otherwise. */
  readonly isDefault: boolean;
  /** Made by the process itself when it starts, which is given the options: no plugin connects it. */
  readonly isLate?: boolean;
}

/** The sources that run, with their options. */
export interface ResolvedSources {
  /** Plugins without the sources that are switched off, and with the options that the config sets. */
  readonly plugins: readonly Plugin[];
  /** Offered sources that run. */
  readonly uses: readonly SourceUse<never>[];
  /** All known by name, with the options they run with; `undefined` for those that do not. */
  readonly byName: ReadonlyMap<string, SourceUse<never> | undefined>;
}

/**
 * Decides which sources run and with which options. What the config says of a plugin's own source takes the place of
 * the options that the plugin gave it.
 */
export function resolveSources(
  config: NonNullable<Config['sources']>,
  offered: readonly OfferedSource[],
  plugins: readonly Plugin[],
  scope: OptionScope & { readonly isPartial: boolean },
): ResolvedSources {
  const byName = new Map<string, SourceUse<never> | undefined>();
  const useOf = (def: SourceDef<never>, own: SourceUse<never> | undefined, isDefault: boolean): void => {
    const said = config[def.name];
    if (said === false || (said === undefined && !isDefault)) {
      byName.set(def.name, undefined);
      return;
    }
    if (own !== undefined && (said === undefined || said === true)) {
      byName.set(def.name, own);
      return;
    }
    const path = ['sources', def.name];
    const checked = checkOptionsAt(
      `source ${def.name}`,
      def.options,
      isEntries(said) ? said : {},
      path,
      scope,
    );
    // A list holds sources of any options; each is only ever given those that its own schema made.
    const use = checked === undefined ? undefined : ({ def, options: checked.value } as SourceUse<never>);
    byName.set(def.name, use);
  };
  for (const { def, isDefault } of offered) useOf(def, undefined, isDefault);
  const offers = new Set(byName.keys());
  for (const plugin of plugins) {
    for (const use of plugin.contributions.sources ?? []) {
      if (!offers.has(use.def.name)) useOf(use.def, use, true);
      else {
        const message = `plugin ${plugin.name} has a source ${JSON.stringify(use.def.name)}, which is built in`;
        scope.issues.add(scope.placeOf(['plugins']), { code: 'doubled', message });
      }
    }
  }
  for (const name of Object.keys(config)) {
    if (byName.has(name)) continue;
    const nearest = didYouMean(nearestName(name, byName.keys()));
    if (scope.isPartial && nearest === undefined) continue;
    const known = [...byName.keys()].join(', ');
    scope.issues.add(scope.placeOf(['sources', name]), {
      code: 'unknown-name',
      message: `unknown source ${JSON.stringify(name)}`,
      suggestion: nearest ?? `known: ${known}`,
    });
  }
  const uses = offered.flatMap(({ def, isLate }) => (isLate === true ? [] : (byName.get(def.name) ?? [])));
  return { plugins: plugins.map((plugin) => withSources(plugin, byName)), uses, byName };
}

function withSources(plugin: Plugin, byName: ReadonlyMap<string, SourceUse<never> | undefined>): Plugin {
  const { sources } = plugin.contributions;
  if (sources === undefined) return plugin;
  const kept = sources.flatMap((use) => byName.get(use.def.name) ?? []);
  return Object.freeze({
    ...plugin,
    contributions: Object.freeze({ ...plugin.contributions, sources: kept }),
  });
}
