import {
  type ClauseInput,
  type FilterArg,
  filterToJson,
  type NamedFilter,
  printFilter,
} from '@ridgeline/core';
import type { PluginEntry } from './config.ts';
import { type ConfigPath, isEntries } from './config-path.ts';
import type { Place } from './issue.ts';
import type { LoadedConfig } from './load-config.ts';

/** A value of the normal form and where it comes from; without a place it is a default. */
export interface NormalValue {
  readonly path: ConfigPath;
  readonly value: unknown;
  readonly from: Place | undefined;
}

/**
 * A config as it is used: files merged, filters in normal form, options with their defaults. Written down as YAML or
 * JSON it is a config that means the same, but for plugins that a script gives as values.
 */
export function normalForm(config: LoadedConfig): readonly NormalValue[] {
  return [
    ...sourceValues(config),
    ...(config.merged.config.plugins ?? []).map((entry, i) =>
      writtenValue(config, ['plugins', i], describePlugin(entry)),
    ),
    ...[...config.namedFilters].map(([name, filter]) =>
      writtenValue(config, ['filters', name], describeNamedFilter(filter)),
    ),
    ...viewValues(config),
    ...derivedValues(config),
    ...Object.entries(config.merged.config.external ?? {}).map(([name, group]) =>
      writtenValue(config, ['external', name], group),
    ),
    ...policyValues(config),
  ];
}

function policyValues(config: LoadedConfig): readonly NormalValue[] {
  const { policies = {}, roles = {} } = config.merged.config;
  return [
    ...[...config.policies.values()].map(({ name, where }) => {
      const { hide, ...rest } = policies[name] ?? {};
      const filters = where.map((entry) => (entry.of === undefined ? entry.where : entry));
      const hidden = hide?.where === undefined ? hide : { ...hide, where: filters };
      return writtenValue(config, ['policies', name], {
        ...(hidden === undefined ? {} : { hide: hidden }),
        ...rest,
      });
    }),
    ...Object.entries(roles).map(([role, policy]) => writtenValue(config, ['roles', role], policy)),
  ];
}

function writtenValue({ merged }: LoadedConfig, path: ConfigPath, value: unknown): NormalValue {
  return { path, value, from: merged.placeOf(path) };
}

function sourceValues(config: LoadedConfig): readonly NormalValue[] {
  return [...config.sources].flatMap(([name, use]): NormalValue[] => {
    const path = ['sources', name];
    const said = config.merged.config.sources?.[name];
    const from = said === undefined ? undefined : config.merged.placeOf(path);
    if (use === undefined) return [{ path, value: false, from }];
    const options: unknown = use.options;
    const values = isEntries(options)
      ? Object.entries(options).filter(([, value]) => value !== undefined && typeof value !== 'function')
      : [];
    if (values.length === 0) return [{ path, value: true, from }];
    return values.map(([key, value]) => ({
      path: [...path, key],
      value,
      from: isEntries(said) && Object.hasOwn(said, key) ? config.merged.placeOf([...path, key]) : undefined,
    }));
  });
}

function viewValues(config: LoadedConfig): readonly NormalValue[] {
  const { config: written, placeOf } = config.merged;
  const { all, views } = config.settings;
  return [['all', all] as const, ...Object.entries(views)].flatMap(([name, view]) => {
    const path = ['views', name];
    const values = view.chain.map((clause, i) =>
      writtenValue(config, [...path, 'filters', i], describeClause(clause)),
    );
    for (const [id, value] of Object.entries(view.options)) {
      const isOwn = written.views?.[name]?.options?.[id] !== undefined;
      const from = placeOf(isOwn ? [...path, 'options', id] : ['derived', name, 'options', id]);
      values.push({ path: [...path, 'options', id], value, from });
    }
    if (view.orphans !== undefined) values.push(writtenValue(config, [...path, 'orphans'], view.orphans));
    return values;
  });
}

function derivedValues(config: LoadedConfig): readonly NormalValue[] {
  return Object.entries(config.merged.config.derived ?? {}).flatMap(([name, derived]) => {
    const path = ['derived', name];
    const values = Object.entries(derived)
      .filter(([key, value]) => key !== 'options' && value !== undefined)
      .map(([key, value]) => writtenValue(config, [...path, key], value));
    if (derived.missing !== undefined) return values;
    return [...values, { path: [...path, 'missing'], value: 'gather', from: undefined }];
  });
}

function describePlugin(entry: PluginEntry): unknown {
  if (typeof entry === 'string') return entry;
  if (typeof entry === 'function') return '(made by a function)';
  if (!('use' in entry)) return `(the value ${entry.name})`;
  return typeof entry.use === 'string' ? entry : { ...entry, use: '(a function)' };
}

function describeNamedFilter({ parameters, expr }: NamedFilter): unknown {
  if (parameters.length === 0) return printFilter(expr);
  return {
    parameters: parameters.map(({ name, default: value }) =>
      value === undefined ? name : { name, default: argumentToJson(value) },
    ),
    where: printFilter(expr),
  };
}

function argumentToJson(value: FilterArg): unknown {
  const call = filterToJson({ kind: 'call', name: 'f', args: [{ name: 'with', value }] });
  const args = isEntries(call) ? call.f : undefined;
  return isEntries(args) ? args.with : undefined;
}

function describeClause({ expr, name, pseudo }: ClauseInput): unknown {
  const where = printFilter(expr);
  if (name === undefined && pseudo === undefined) return where;
  return { where, ...(name === undefined ? {} : { name }), ...(pseudo === undefined ? {} : { pseudo }) };
}
