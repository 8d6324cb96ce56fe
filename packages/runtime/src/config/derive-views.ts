import {
  type Contributions,
  defineRenderer,
  defineTopology,
  defineView,
  type Field,
  group,
  keying,
  NONE,
  type NodeId,
  nearestName,
  type Plan,
  type Plugin,
  PSEUDO,
  type Registry,
  type Sym,
  type TopologyDefinition,
  taggedId,
  type ViewDef,
} from '@ridgeline/core';
import type { Config, DerivedViewConfig } from './config.ts';
import type { ConfigPath } from './config-path.ts';
import { didYouMean, type Issues, type Place } from './issue.ts';

/** What deriving views needs. */
export interface DeriveScope {
  readonly registry: Registry;
  readonly issues: Issues;
  readonly isPartial: boolean;
  readonly placeOf: (path: ConfigPath) => Place;
}

/** How nodes without the field are dealt with. */
type Missing = NonNullable<DerivedViewConfig['missing']>;

/**
 * The views that a config derives from others, as a plugin. A view may be derived from a derived one, in any order.
 * What is wrong becomes issues.
 */
export function deriveViews(derived: NonNullable<Config['derived']>, scope: DeriveScope): Plugin {
  const made = new Map<string, ViewDef>();
  const topologies: TopologyDefinition[] = [];
  const open: string[] = [];
  const failed = new Set<string>();
  const make = (name: string): ViewDef | undefined => {
    const known = made.get(name) ?? scope.registry.views.get(name);
    const config = derived[name];
    if (known !== undefined || config === undefined || failed.has(name)) return known;
    if (open.includes(name)) {
      const circle = [...open.slice(open.indexOf(name)), name].join(' → ');
      add(['derived', name, 'of'], { code: 'cycle', message: `views are derived in a circle: ${circle}` });
      return undefined;
    }
    open.push(name);
    const base = make(config.of);
    open.pop();
    const field = scope.registry.fields.find(config.by);
    const isGood = checkNames(
      name,
      config,
      base !== undefined || failed.has(config.of) || config.of in derived,
    );
    if (base === undefined || field === undefined || !isGood) {
      failed.add(name);
      return undefined;
    }
    const topology = `group:derived:${name.replaceAll('-', '_')}`;
    const view = groupView(name, config, base, topology, field);
    made.set(name, view);
    topologies.push(groupTopology(topology, name, config, base));
    return view;
  };
  const add = (path: ConfigPath, issue: Parameters<Issues['add']>[1]): void =>
    scope.issues.add(scope.placeOf(path), issue);
  const checkNames = (name: string, config: DerivedViewConfig, isBaseKnown: boolean): boolean => {
    let isGood = true;
    if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name) || name === 'all') {
      const suggestion = 'use lower-case words joined by dashes';
      add(['derived', name], {
        code: 'bad-name',
        message: `${JSON.stringify(name)} cannot name a view`,
        suggestion,
      });
      isGood = false;
    }
    if (!isBaseKnown) {
      const known = [...scope.registry.views.keys(), ...Object.keys(derived)];
      const nearest = didYouMean(nearestName(config.of, known));
      if (!scope.isPartial || nearest !== undefined) {
        const message = `unknown view ${JSON.stringify(config.of)}`;
        add(['derived', name, 'of'], {
          code: 'unknown-name',
          message,
          suggestion: nearest ?? `known: ${known.join(', ')}`,
        });
      }
    }
    if (scope.registry.fields.find(config.by) === undefined) {
      const nearest = didYouMean(nearestField(config.by, scope.registry));
      if (!scope.isPartial || nearest !== undefined) {
        const message = `unknown field ${JSON.stringify(config.by)}`;
        add(['derived', name, 'by'], { code: 'unknown-name', message, suggestion: nearest });
      }
    }
    return isGood;
  };
  for (const name of Object.keys(derived)) {
    const owner = scope.registry.ownerOf('view', name);
    if (owner === undefined) make(name);
    else
      add(['derived', name], { code: 'doubled', message: `plugin ${owner} has a view of this name already` });
  }
  const views = Object.keys(derived).flatMap((name) => made.get(name) ?? []);
  const contributions: Contributions = Object.freeze({ topologies, views });
  return Object.freeze({ kind: 'plugin', name: 'config', contributions });
}

/** The view: the other view's plan, grouped; filters act where those of the other act. */
function groupView(
  name: string,
  config: DerivedViewConfig,
  base: ViewDef,
  topology: string,
  field: { readonly field: Field; readonly member: string },
): ViewDef {
  const { plan, declares } = base.renderer;
  return defineView({
    name,
    label: config.label ?? name,
    rank: config.rank ?? base.rank,
    parent: base.name,
    site: base.site ?? plan,
    options: base.options,
    hideIfEmpty: base.hideIfEmpty,
    renderer: defineRenderer({
      name,
      plan: groupByField(plan, topology, field, config.missing ?? 'gather'),
      declares: declares.readsIds === undefined ? {} : { readsIds: declares.readsIds },
    }),
  });
}

/** Gathers nodes by the values of a field; of several values (a set) a node is in each group. */
function groupByField(
  of: Plan,
  topology: string,
  { field, member }: { readonly field: Field; readonly member: string },
  missing: Missing,
): Plan {
  const ids = taggedId(topology);
  return group(of, {
    into: topology,
    by: keying(({ input }) => {
      const { symbols } = input;
      const column = field.read(input, member);
      const pseudo = symbols.intern(PSEUDO);
      const nodes = new Map<string, Sym>();
      const nodeOf = (value: string): Sym => {
        const node = nodes.get(value) ?? symbols.intern(ids.encode(value));
        nodes.set(value, node);
        return node;
      };
      const valuesOf = (row: number): readonly string[] => {
        if (column.kind === 'values') return [...new Set(column.of(row).map(String))];
        const symbol = column.column[row] as Sym;
        return symbol === NONE ? [] : [symbols.text(symbol)];
      };
      return (row, place) => {
        if (input.kindSymbol(row) === pseudo) {
          place.as();
          return;
        }
        const values = valuesOf(row).filter((value) => value !== '');
        for (const value of values) place.under(nodeOf(value));
        if (values.length > 0 || missing === 'drop') return;
        if (missing === 'keep') place.as();
        else place.under(nodeOf(''));
      };
    }),
  });
}

/** How groups look: called by the value, the number of their members below. */
function groupTopology(
  name: string,
  view: string,
  { by, label = view }: DerivedViewConfig,
  base: ViewDef,
): TopologyDefinition {
  const ids = taggedId(name);
  const groupOf = (id: NodeId): string => ids.decode(id)?.[0] ?? id;
  const members = topologyOf(base.renderer.plan);
  return defineTopology({
    name,
    view,
    templates: { shape: 'square', label, labelPlural: label },
    appearance: (node, scope) => {
      const value = groupOf(node.id);
      return {
        label: value === '' ? `without ${by}` : value,
        labelMinor: members === undefined ? by : scope.countOf(members, node.count(members)),
        // Behind all that have a value.
        rank: value === '' ? '\uffff' : value,
        stack: true,
      };
    },
  });
}

/** The topology of most nodes of a plan's result, if the plan says it. */
function topologyOf(plan: Plan): string | undefined {
  switch (plan.kind) {
    case 'select':
      return plan.topology;
    case 'group':
      return plan.into;
    case 'reduce':
    case 'custom':
      return plan.of.map(topologyOf).find((name) => name !== undefined);
    default:
      return topologyOf(plan.of);
  }
}

/** The field that may have been meant, also where only the name of a family is misspelt: `lable.team`. */
function nearestField(name: string, { fields }: Registry): string | undefined {
  const nearest = fields.nearest(name);
  const dot = name.indexOf('.');
  if (nearest !== undefined || dot < 0) return nearest;
  const families = fields
    .list()
    .flatMap((field) => (field.name.endsWith('.') ? field.name.slice(0, -1) : []));
  const family = nearestName(name.slice(0, dot), families);
  return family === undefined ? undefined : `${family}${name.slice(dot)}`;
}
