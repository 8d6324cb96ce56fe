import type { StandardSchemaV1 } from '@standard-schema/spec';
import { badDefinition } from '../errors.ts';
import type { FilterDef } from '../filter/define-filter.ts';
import type { Field } from '../filter/field.ts';
import type { TopologyDefinition } from '../model/topology-definition.ts';
import type { RendererDef } from '../render/define-renderer.ts';
import type { DetailsDecorator } from '../view/define-details.ts';
import type { ViewDef } from '../view/define-view.ts';
import { checkApiRange } from './api-version.ts';
import type { SourceDef } from './define-source.ts';
import { requireOptions } from './options.ts';

/** A source with its options, ready to be connected. */
export interface SourceUse<Options = unknown> {
  readonly def: SourceDef<Options>;
  readonly options: Options;
}

/** What a plugin adds. All of it is frozen data; nothing happens until it is used. */
export interface Contributions {
  readonly topologies?: readonly TopologyDefinition[];
  readonly fields?: readonly Field[];
  readonly sources?: readonly SourceUse<never>[];
  readonly renderers?: readonly RendererDef[];
  readonly filters?: readonly FilterDef[];
  readonly views?: readonly ViewDef[];
  readonly details?: readonly DetailsDecorator[];
}

/** A plugin with its options. */
export interface Plugin {
  readonly kind: 'plugin';
  readonly name: string;
  readonly contributions: Contributions;
}

/**
 * Makes a plugin of its options, which may be left out where the schema has a default for all of them.
 *
 * What it is made of can be read before it is called: a config checks options by the schema, each where it was written.
 */
export interface PluginFactory<Input = unknown> {
  /** @throws RidgelineError `BAD_OPTIONS` with every issue */
  (...options: Record<never, never> extends Input ? [options?: Input] : [options: Input]): Plugin;
  readonly pluginName: string;
  readonly options: StandardSchemaV1<Input, unknown> | undefined;
}

/** What {@link definePlugin} takes. */
export interface PluginSpec<Options, Input = unknown> {
  readonly name: string;
  /** The versions of the plugin API it works with, `^0.1.0`; left out: any. */
  readonly api?: string;
  /** Says what may be set: types, defaults and checks in one (zod, valibot, or any other Standard Schema). */
  readonly options?: StandardSchemaV1<Input, Options>;
  readonly contribute: (options: Options) => Contributions;
}

/**
 * Defines a plugin: a function of its options that yields data.
 *
 * @example
 * export const teams = definePlugin({
 *   name: 'teams',
 *   options: z.object({ label: z.string().default('team') }),
 *   contribute: ({ label }) => ({ views: [byTeam(label)] }),
 * });
 * // plugins: [teams({ label: 'squad' })]
 * @throws RidgelineError `BAD_DEFINITION`; the returned function `BAD_OPTIONS` with every issue
 */
export function definePlugin<Options = Record<string, never>, Input = unknown>(
  spec: PluginSpec<Options, Input>,
): PluginFactory<Input> {
  if (!/^[a-z][a-z0-9-]*$/.test(spec.name)) {
    throw badDefinition('plugin', spec.name, 'not a name', 'use lower-case letters, digits and dashes');
  }
  checkApiRange(spec.name, spec.api);
  const make = (...[options]: Parameters<PluginFactory<Input>>): Plugin =>
    Object.freeze({
      kind: 'plugin',
      name: spec.name,
      contributions: Object.freeze(
        checkSources(
          spec.name,
          spec.contribute(requireOptions(`plugin ${spec.name}`, spec.options, options)),
        ),
      ),
    });
  return Object.freeze(Object.assign(make, { pluginName: spec.name, options: spec.options }));
}

/** A plugin written without types may list a source as it is defined, without its options. */
function checkSources(plugin: string, contributions: Contributions): Contributions {
  for (const use of contributions.sources ?? []) {
    if (use?.def !== undefined) continue;
    const name = (use as { readonly name?: unknown } | undefined)?.name;
    throw badDefinition(
      'plugin',
      plugin,
      `${typeof name === 'string' ? `source "${name}"` : 'one of its sources'} has no options`,
      'list it as useSource(source, options)',
    );
  }
  return contributions;
}

/**
 * Gives a source its options.
 *
 * @throws RidgelineError `BAD_OPTIONS` with every issue
 */
export function useSource<Options, Input>(def: SourceDef<Options, Input>, options?: Input): SourceUse<never> {
  const use: SourceUse<Options> = {
    def,
    options: requireOptions(`source ${def.name}`, def.options, options),
  };
  // A list holds sources of any options; each def is only ever given the options that stand beside it.
  return use as unknown as SourceUse<never>;
}
