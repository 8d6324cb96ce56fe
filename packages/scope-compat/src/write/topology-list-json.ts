import {
  type OptionGroup,
  offeredValues,
  type RenderContext,
  type Topology,
  type ViewDef,
} from '@ridgeline/core';
import type { JsonObject } from './json-object.ts';

/** The views that Scope offers; those of other names are of our own API. */
export const scopeViews: readonly string[] = Object.freeze([
  'processes',
  'processes-by-name',
  'containers',
  'containers-by-hostname',
  'containers-by-image',
  'pods',
  'kube-controllers',
  'services',
  'ecs-tasks',
  'ecs-services',
  'swarm-services',
  'hosts',
  'weave',
]);

/** What a view shows under a request. */
export interface ViewResult {
  readonly topology: Topology;
  readonly filtered: number;
}

/**
 * The views as `GET /api/topology` lists them, by name (WIRE.md §3.1).
 *
 * @param views - all views, by rank and with children after their parents; those that Scope lacks are left out
 * @param result - what a view shows under the request
 */
export function topologyListToJson(
  views: Iterable<ViewDef>,
  context: RenderContext,
  result: (view: ViewDef) => ViewResult,
): readonly JsonObject[] {
  const known = [...views].filter((view) => scopeViews.includes(view.name));
  const inOrder = known.sort((a, b) => scopeViews.indexOf(a.name) - scopeViews.indexOf(b.name));
  return inOrder
    .filter((view) => view.parent === undefined)
    .map((view) => {
      const children = inOrder.filter((child) => child.parent === view.name);
      return {
        ...entryToJson(view, view.options, context, result),
        ...(children.length === 0
          ? {}
          : {
              sub_topologies: children.map((child) =>
                entryToJson(child, withNamespaces(child, view), context, result),
              ),
            }),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.url < b.url ? -1 : 1));
}

/** Groups whose values come from the report are listed with a view's children, too, also where they change nothing. */
function withNamespaces(child: ViewDef, parent: ViewDef): readonly OptionGroup[] {
  const inherited = parent.options.filter((group) => typeof group.values === 'function');
  return [...new Set([...child.options, ...inherited])];
}

function entryToJson(
  view: ViewDef,
  groups: readonly OptionGroup[],
  context: RenderContext,
  result: (view: ViewDef) => ViewResult,
): JsonObject & { readonly name: string; readonly url: string } {
  const { topology, filtered } = result(view);
  const options = groups.flatMap((group) => groupToJson(group, context));
  return {
    name: view.label,
    rank: view.rank,
    hide_if_empty: view.hideIfEmpty,
    url: `/api/topology/${view.name}`,
    options: options.length === 0 ? null : options,
    stats: topologyStats(topology, filtered),
  };
}

/** The figures of a view in Scope's form. `filtered_nodes` is ours: Scope's counts what its inner filters drop, too. */
export function topologyStats(topology: Topology, filtered: number): JsonObject {
  let pseudo = 0;
  for (let row = 0; row < topology.size; row++) if (topology.kindOf(row) === 'pseudo') pseudo++;
  return {
    node_count: topology.size,
    nonpseudo_node_count: topology.size - pseudo,
    edge_count: topology.out.to.length,
    filtered_nodes: filtered,
  };
}

function groupToJson(group: OptionGroup, context: RenderContext): readonly JsonObject[] {
  const values = offeredValues(group, context);
  if (values.length === 0) return [];
  return [
    {
      id: group.id,
      defaultValue: group.default,
      options: values.map(({ value, label }) => ({ value, label })),
      ...(group.selectType === 'union' ? { selectType: 'union' } : {}),
      ...(group.noneLabel === undefined ? {} : { noneLabel: group.noneLabel }),
    },
  ];
}
