import {
  nearestName,
  type OptionGroup,
  type Settings,
  type ViewDef,
  type ViewSettings,
} from '@ridgeline/core';
import { checkSite, type SiteScope } from './check-site.ts';
import type { Config, ViewConfig } from './config.ts';
import type { ConfigPath } from './config-path.ts';
import type { FilterReader } from './filter-reader.ts';
import { didYouMean } from './issue.ts';
import { readChain } from './read-chains.ts';

/** What resolving views needs. */
export interface ViewScope extends SiteScope {
  readonly reader: FilterReader;
}

/** The settings of views: chains of filters, values of options, what becomes of orphans. */
export function resolveViews(config: Pick<Config, 'views' | 'derived'>, scope: ViewScope): Settings {
  const views: Record<string, ViewSettings> = {};
  for (const [name, { options }] of Object.entries(config.derived ?? {})) {
    const view = scope.views.get(name);
    const values = readOptions(
      options ?? {},
      ['derived', name, 'options'],
      view === undefined ? [] : [view],
      scope,
    );
    if (Object.keys(values).length > 0) views[name] = { chain: [], options: values };
  }
  let all: ViewSettings = { chain: [], options: {} };
  for (const [name, settings] of Object.entries(config.views ?? {})) {
    if (name === 'all') {
      all = readView(settings, ['views', 'all'], [...scope.views.values()], scope);
      continue;
    }
    const view = scope.views.get(name);
    if (view === undefined && !(name in (config.derived ?? {}))) reportUnknownView(name, scope);
    const read = readView(settings, ['views', name], view === undefined ? [] : [view], scope);
    views[name] = { ...read, options: { ...views[name]?.options, ...read.options } };
  }
  return { all, views };
}

function reportUnknownView(name: string, { views, isPartial, issues, placeOf }: ViewScope): void {
  const known = ['all', ...views.keys()];
  const nearest = didYouMean(nearestName(name, known));
  if (isPartial && nearest === undefined) return;
  issues.add(placeOf(['views', name]), {
    code: 'unknown-name',
    message: `unknown view ${JSON.stringify(name)}`,
    suggestion: nearest ?? `known: ${known.join(', ')}`,
  });
}

/** @param views - those that it is about; none when the name is not known */
function readView(
  settings: ViewConfig,
  path: ConfigPath,
  views: readonly ViewDef[],
  scope: ViewScope,
): ViewSettings {
  const chain = readChain(settings.filters ?? [], [...path, 'filters'], scope.reader, scope, (expr, at) =>
    checkSite(expr, views, at, scope),
  );
  const options = readOptions(settings.options ?? {}, [...path, 'options'], views, scope);
  return { chain, options, ...(settings.orphans === undefined ? {} : { orphans: settings.orphans }) };
}

function readOptions(
  options: NonNullable<ViewConfig['options']>,
  path: ConfigPath,
  views: readonly ViewDef[],
  scope: ViewScope,
): Readonly<Record<string, readonly string[]>> {
  const read: Record<string, readonly string[]> = {};
  for (const [id, written] of Object.entries(options)) {
    const isOne = typeof written === 'string';
    const values = (isOne ? [written] : written).filter((value) => value !== undefined && value !== '');
    read[id] = values;
    if (views.length > 0)
      checkOption(id, values, isOne ? undefined : [...path, id], [...path, id], views, scope);
  }
  return read;
}

/** @param list - the path of the list, when the values stand in one */
function checkOption(
  id: string,
  values: readonly string[],
  list: ConfigPath | undefined,
  path: ConfigPath,
  views: readonly ViewDef[],
  { issues, placeOf, isPartial }: ViewScope,
): void {
  const groups = views.flatMap((view) => view.options.filter((group) => group.id === id));
  const [only] = views.length === 1 ? views : [];
  if (groups.length === 0) {
    const known = [...new Set(views.flatMap((view) => view.options.map((group) => group.id)))];
    const nearest = didYouMean(nearestName(id, known));
    if (isPartial && only === undefined && nearest === undefined) return;
    const none = known.length === 0 ? 'it has no options' : `known: ${known.join(', ')}`;
    issues.add(placeOf(path), {
      code: 'unknown-name',
      message: `${only === undefined ? 'no view' : `view ${only.name}`} has ${only === undefined ? 'an' : 'no'} option ${JSON.stringify(id)}`,
      suggestion: nearest ?? none,
    });
    return;
  }
  if (values.length > 1 && groups.some((group) => group.selectType === 'one')) {
    issues.add(placeOf(path), {
      code: 'bad-value',
      message: `option ${id} takes one value, got ${values.join(', ')}`,
    });
  }
  for (const [i, value] of values.entries()) {
    const known = groups.find((group) => !offers(group, value));
    if (known === undefined) continue;
    const names = staticValues(known) ?? [];
    issues.add(placeOf(list === undefined ? path : [...list, i]), {
      code: 'unknown-name',
      message: `option ${id} has no value ${JSON.stringify(value)}`,
      suggestion: didYouMean(nearestName(value, names)) ?? `known: ${names.join(', ')}`,
    });
  }
}

/** Whether a group has a value; what reports offer cannot be known before there are any. */
function offers(group: OptionGroup, value: string): boolean {
  return staticValues(group)?.includes(value) ?? true;
}

function staticValues(group: OptionGroup): readonly string[] | undefined {
  return typeof group.values === 'function' ? undefined : group.values.map((value) => value.value);
}
