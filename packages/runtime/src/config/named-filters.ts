import {
  expandFilters,
  type FilterArg,
  type FilterCall,
  type FilterExpr,
  filterFromJson,
  type KnownNames,
  type NamedFilter,
  type NamedFilterParameter,
  type Registry,
} from '@ridgeline/core';
import type { Config, ConfigFilter, NamedFilterConfig, ParameterConfig } from './config.ts';
import { type ConfigPath, isEntries } from './config-path.ts';
import { type FilterFault, faultExcerpt, faultSentence, namesWith } from './filter-reader.ts';
import { didYouMean, type Issues, type Place } from './issue.ts';

/** What reads filters out of a config needs. */
export interface FilterScope {
  readonly registry: Registry;
  readonly issues: Issues;
  readonly placeOf: (path: ConfigPath) => Place;
  /** Whether an unknown name may be one that a plugin would have brought that could not be loaded. */
  readonly isPartial: boolean;
}

/** Words of the language, which cannot name a filter. */
const KEYWORDS = ['and', 'or', 'not', 'in', 'has', 'true', 'false'];

/**
 * Reads the named filters of a config. One that is wrong is an issue, and still known by its name, so that those who
 * use it are not called wrong, too.
 */
export function readNamedFilters(
  filters: NonNullable<Config['filters']>,
  scope: FilterScope,
): ReadonlyMap<string, NamedFilter> {
  const entries = Object.entries(filters);
  const signatures = new Map<string, NamedFilter>();
  for (const [name, entry] of entries) {
    if (!isGoodName(name, scope)) continue;
    signatures.set(name, { name, parameters: readParameters(name, entry, scope), expr: ALWAYS });
  }
  const named = new Map<string, NamedFilter>();
  for (const [name, { parameters }] of signatures) {
    const entry = filters[name];
    const isDefinition = isNamedFilterConfig(entry);
    const path = isDefinition ? ['filters', name, 'where'] : ['filters', name];
    const known = namesWith(
      scope.registry.knownNames,
      signatures,
      parameters.map((parameter) => parameter.name),
    );
    const expr = readExpression(isDefinition ? entry.where : entry, path, known, scope);
    named.set(name, { name, parameters, expr: expr ?? ALWAYS });
  }
  reportCircles(named, scope);
  return named;
}

const ALWAYS: FilterExpr = Object.freeze({ kind: 'constant', value: true });

/** Reads a filter of a config; what is wrong becomes issues. */
function readExpression(
  input: unknown,
  path: ConfigPath,
  known: KnownNames,
  scope: FilterScope,
): FilterExpr | undefined {
  const parsed = filterFromJson(input, known);
  if (parsed.ok) return parsed.expr;
  reportFaults(parsed.errors, path, scope);
  return undefined;
}

/** Turns what is wrong with a filter into issues. */
export function reportFaults(faults: readonly FilterFault[], path: ConfigPath, scope: FilterScope): void {
  for (const fault of faults) {
    const isUnknown = fault.code === 'unknown-field' || fault.code === 'unknown-filter';
    if (scope.isPartial && isUnknown && fault.suggestion === undefined) continue;
    scope.issues.add(scope.placeOf([...path, ...(fault.path ?? [])]), {
      code: 'bad-filter',
      message: faultSentence(fault),
      suggestion: fault.suggestion === undefined ? undefined : `did you mean ${fault.suggestion}?`,
      excerpt: faultExcerpt(fault),
      inText: fault.inText?.offset,
    });
  }
}

/** Whether an entry is a definition with parameters: no filter of the JSON form begins with `where`. */
function isNamedFilterConfig(
  entry: ConfigFilter | NamedFilterConfig | undefined,
): entry is NamedFilterConfig {
  return isEntries(entry) && Object.hasOwn(entry, 'where');
}

function isGoodName(name: string, { registry, issues, placeOf }: FilterScope): boolean {
  const add = (code: 'bad-name' | 'doubled', message: string, suggestion?: string): false => {
    issues.add(placeOf(['filters', name]), { code, message, suggestion });
    return false;
  };
  if (!/^[A-Za-z][\w-]*(?:\.[A-Za-z0-9][\w-]*)*$/.test(name) || KEYWORDS.includes(name.toLowerCase())) {
    return add(
      'bad-name',
      `${JSON.stringify(name)} cannot name a filter`,
      'use a word of letters, digits and dashes',
    );
  }
  if (registry.filters.has(name)) {
    const owner = registry.ownerOf('filter', name) ?? '';
    return add(
      'doubled',
      `plugin ${owner} has a filter ${JSON.stringify(name)} already`,
      'choose another name',
    );
  }
  if (registry.fields.find(name) !== undefined) {
    return add('doubled', `${JSON.stringify(name)} is a field`, 'choose another name');
  }
  return true;
}

function readParameters(
  name: string,
  entry: ConfigFilter | NamedFilterConfig | undefined,
  { issues, placeOf }: FilterScope,
): readonly NamedFilterParameter[] {
  if (!isNamedFilterConfig(entry)) return [];
  const parameters: NamedFilterParameter[] = [];
  for (const [i, written] of (entry.parameters ?? []).entries()) {
    if (written === undefined) continue;
    const parameter: ParameterConfig = typeof written === 'string' ? { name: written } : written;
    const place = placeOf(['filters', name, 'parameters', i]);
    if (!/^[A-Za-z_][\w-]*$/.test(parameter.name)) {
      const suggestion = didYouMean(parameter.name.startsWith('$') ? parameter.name.slice(1) : undefined);
      const message = `${JSON.stringify(parameter.name)} cannot name a parameter`;
      issues.add(place, { code: 'bad-name', message, suggestion });
    } else if (parameters.some((other) => other.name === parameter.name)) {
      const message = `the parameter ${JSON.stringify(parameter.name)} stands here twice`;
      issues.add(place, { code: 'doubled', message });
    } else {
      const value = readDefault(parameter);
      parameters.push({ name: parameter.name, ...(value === undefined ? {} : { default: value }) });
    }
  }
  return parameters;
}

/** A default as the filter language would read it: `10MB` is a quantity, `10.0.0.0/8` a network. */
function readDefault({ default: value }: ParameterConfig): FilterArg | undefined {
  if (value === undefined) return undefined;
  const parsed = filterFromJson({ f: { with: value } });
  return parsed.ok && parsed.expr.kind === 'call' ? parsed.expr.args[0]?.value : undefined;
}

function reportCircles(named: ReadonlyMap<string, NamedFilter>, scope: FilterScope): void {
  const told = new Set<string>();
  for (const [name, { parameters }] of named) {
    const args = parameters.map((parameter) => ({
      name: parameter.name,
      value: parameter.default ?? ({ kind: 'string', value: '' } as const),
    }));
    const call: FilterCall = { kind: 'call', name, args };
    const expanded = expandFilters(call, named);
    if (expanded.ok) continue;
    for (const { code, message, inside } of expanded.errors) {
      // A filter that only leads into a circle is named where it calls, not for the circle.
      if (code === 'cyclic-filter' && inside.at(-1) !== name) continue;
      if (code !== 'cyclic-filter' && inside.length > 1) continue;
      // All that are in a circle find it: once is enough.
      const circle = JSON.stringify([...new Set(inside)].sort());
      if (code === 'cyclic-filter' && told.has(circle)) continue;
      told.add(circle);
      scope.issues.add(scope.placeOf(['filters', name]), {
        code: code === 'cyclic-filter' ? 'cycle' : 'bad-filter',
        message,
      });
    }
  }
}
