import {
  type CompiledPolicy,
  compilePolicy,
  type FilterExpr,
  nearestName,
  oneOf,
  type Policy,
  printFilter,
  RidgelineError,
} from '@ridgeline/core';
import {
  labelledTopologies,
  namespacedTopologies,
  policyRules,
  withoutArguments,
  withoutEnvironment,
} from '@ridgeline/vocabulary';
import type { Config, ConfigFilter, HideConfig, HideEntry, PolicyConfig, RedactConfig } from './config.ts';
import { type ConfigPath, isEntries } from './config-path.ts';
import type { FilterReader } from './filter-reader.ts';
import { didYouMean } from './issue.ts';
import { type FilterScope, reportFaults } from './named-filters.ts';

/** Who asks the server. */
export type PolicyRole = 'viewer' | 'operator';

/** A policy of a config, ready to be applied. */
export interface NamedPolicy {
  readonly name: string;
  readonly compiled: CompiledPolicy;
  /** The filters of `hide.where` in normal form, in their order, each with its topologies. */
  readonly where: readonly HideEntry[];
}

/** The policies of a config. */
export interface ResolvedPolicies {
  readonly byName: ReadonlyMap<string, NamedPolicy>;
  readonly byRole: Readonly<Partial<Record<PolicyRole, CompiledPolicy>>>;
}

/** What resolving policies needs. */
export interface PolicyScope extends FilterScope {
  readonly reader: FilterReader;
}

/** Compiles the policies of a config, and finds those of roles; what is wrong becomes issues. */
export function resolvePolicies(
  { policies = {}, roles = {} }: Pick<Config, 'policies' | 'roles'>,
  scope: PolicyScope,
): ResolvedPolicies {
  const byName = new Map<string, NamedPolicy>();
  for (const [name, policy] of Object.entries(policies)) {
    const compiled = compileNamed(name, policy, scope);
    if (compiled !== undefined) byName.set(name, compiled);
  }
  const byRole: Partial<Record<PolicyRole, CompiledPolicy>> = {};
  for (const role of ['viewer', 'operator'] as const) {
    const name = roles[role];
    if (name === undefined) continue;
    const policy = byName.get(name);
    if (policy !== undefined) byRole[role] = policy.compiled;
    else if (!Object.hasOwn(policies, name)) reportUnknown(role, name, Object.keys(policies), scope);
  }
  return { byName, byRole };
}

function reportUnknown(role: PolicyRole, name: string, known: readonly string[], scope: PolicyScope): void {
  const none = known.length === 0 ? 'there are none; see "policies"' : `known: ${known.join(', ')}`;
  scope.issues.add(scope.placeOf(['roles', role]), {
    code: 'unknown-name',
    message: `unknown policy ${JSON.stringify(name)}`,
    suggestion: didYouMean(nearestName(name, known)) ?? none,
  });
}

function compileNamed(
  name: string,
  { hide = {}, redact = {} }: PolicyConfig,
  scope: PolicyScope,
): NamedPolicy | undefined {
  const path = ['policies', name];
  const hidden = [
    ...hiddenByName(hide),
    ...hiddenByFilter(hide.where ?? [], [...path, 'hide', 'where'], scope),
  ];
  const redactions = readRedactions(redact, [...path, 'redact'], scope);
  try {
    const compiled = compilePolicy(
      { hide: hidden, redact: redactions },
      scope.registry.environment,
      policyRules,
    );
    return { name, compiled, where: describeWhere(hide.where ?? [], hidden) };
  } catch (error) {
    if (!(error instanceof RidgelineError)) throw error;
    scope.issues.add(scope.placeOf(path), {
      code: 'bad-filter',
      message: error.message,
      ...(error.fix === undefined ? {} : { suggestion: error.fix }),
    });
    return undefined;
  }
}

type Hide = Policy['hide'][number] & { readonly at?: number };

function hiddenByName({ namespaces = [], hosts = [], labels = {} }: HideConfig): readonly Hide[] {
  const of = (topologies: readonly string[], filter: FilterExpr): readonly Hide[] =>
    topologies.map((topology) => ({ topology, filter }));
  return [
    ...(namespaces.length === 0
      ? []
      : [
          ...of(namespacedTopologies, oneOf('namespace', namespaces)),
          ...of(['namespace'], oneOf('k8s.name', namespaces)),
        ]),
    ...(hosts.length === 0 ? [] : of(['host'], oneOf('host.name', hosts))),
    ...Object.entries(labels).flatMap(([label, values]) =>
      of(labelledTopologies, oneOf(`label.${label}`, typeof values === 'string' ? [values] : values)),
    ),
  ];
}

function hiddenByFilter(
  entries: NonNullable<HideConfig['where']>,
  path: ConfigPath,
  scope: PolicyScope,
): readonly Hide[] {
  return entries.flatMap((entry, at): readonly Hide[] => {
    if (entry === undefined) return [];
    const own = isHideEntry(entry) ? entry : undefined;
    const place = scope.placeOf([...path, at]);
    const read = scope.reader.read(own === undefined ? entry : own.where, {
      kind: 'config',
      path: place.file.name,
    });
    if (!read.ok) {
      reportFaults(read.faults, own === undefined ? [...path, at] : [...path, at, 'where'], scope);
      return [];
    }
    const filter = read.clause.expr;
    const of = own?.of;
    if (of === undefined) return [{ filter, at }];
    const topologies = (typeof of === 'string' ? [of] : of).filter((topology) => topology !== undefined);
    for (const topology of topologies) checkTopology(topology, [...path, at, 'of'], scope);
    return topologies.map((topology) => ({ topology, filter, at }));
  });
}

/** A name that is misspelt would hide nothing. */
function checkTopology(
  name: string,
  path: ConfigPath,
  { registry, issues, placeOf, isPartial }: PolicyScope,
): void {
  const known = registry.definitions.list().map((definition) => definition.name);
  if (known.includes(name)) return;
  const nearest = didYouMean(nearestName(name, known));
  if (isPartial && nearest === undefined) return;
  issues.add(placeOf(path), {
    code: 'unknown-name',
    message: `unknown topology ${JSON.stringify(name)}`,
    suggestion: nearest ?? `known: ${known.join(', ')}`,
  });
}

function readRedactions(
  { arguments: isCut, environment, keys = [] }: RedactConfig,
  path: ConfigPath,
  { issues, placeOf }: PolicyScope,
): Policy['redact'] {
  for (const [i, key] of keys.entries()) {
    if (key === undefined || !key.slice(0, -1).includes('*')) continue;
    issues.add(placeOf([...path, 'keys', i]), {
      code: 'bad-value',
      message: `${JSON.stringify(key)}: a "*" stands at the end of a key, for all that begin so`,
    });
  }
  return [
    ...(isCut === true ? withoutArguments : []),
    ...(environment === true ? withoutEnvironment : []),
    ...keys.filter((key) => key !== undefined).map((key) => ({ key, how: 'remove' as const })),
  ];
}

function describeWhere(
  entries: NonNullable<HideConfig['where']>,
  hidden: readonly Hide[],
): readonly HideEntry[] {
  return entries.flatMap((entry, at) => {
    const filter = hidden.find((one) => one.at === at)?.filter;
    if (filter === undefined) return [];
    const of = isHideEntry(entry) ? entry.of : undefined;
    return [{ where: printFilter(filter), ...(of === undefined ? {} : { of }) }];
  });
}

/** An object with `where` is no filter of the JSON form: it is one with more said about it. */
function isHideEntry(entry: ConfigFilter | HideEntry): entry is HideEntry {
  return isEntries(entry) && Object.hasOwn(entry, 'where');
}
