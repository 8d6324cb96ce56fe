import { type Json, type JsonMap, listOf, mapOf, textOf } from './json.ts';

/**
 * Answers of the API with the order taken out of what has none (README of the data, "How to compare"): controls by id, cells
 * of connections by id, values of namespace groups sorted, adjacency of children left out.
 */
export function detailsForm(details: unknown): unknown {
  const node = mapOf(details);
  return {
    ...node,
    controls: sortBy(listOf(node.controls), 'id'),
    ...(node.children === undefined ? {} : { children: listOf(node.children).map(childrenForm) }),
    connections: listOf(node.connections).map(connectionsForm),
  };
}

function childrenForm(children: Json): Json {
  const { nodes, ...rest } = mapOf(children);
  if (!Array.isArray(nodes)) return { ...rest, nodes: nodes ?? null };
  return {
    ...rest,
    nodes: listOf(nodes).map((child) => {
      const { adjacency: _, ...node } = mapOf(child);
      return node;
    }),
  };
}

function connectionsForm(table: Json): Json {
  const { connections, ...rest } = mapOf(table);
  return {
    ...rest,
    connections: listOf(connections).map((row) => ({
      ...mapOf(row),
      metadata: sortBy(listOf(mapOf(row).metadata), 'id'),
    })),
  };
}

/** The list of views with the values of namespace groups sorted. */
export function topologyListForm(list: readonly unknown[]): readonly Json[] {
  return list.map((item) => {
    const entry = mapOf(item);
    const subs = entry.sub_topologies;
    return {
      ...entry,
      options: entry.options === null ? null : listOf(entry.options).map(groupForm),
      ...(subs === undefined ? {} : { sub_topologies: topologyListForm(listOf(subs)) }),
    };
  });
}

function groupForm(group: Json): Json {
  const map = mapOf(group);
  return map.id === 'namespace' ? { ...map, options: sortBy(listOf(map.options), 'value') } : map;
}

function sortBy(list: readonly Json[], key: string): readonly Json[] {
  const of = (item: Json): string => textOf(mapOf(item)[key]);
  return [...list].sort((a, b) => (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0));
}

/** The query parameters of a request; null for none. */
export function parametersOf(query: string): JsonMap | null {
  const parameters = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(query)) if (!parameters.has(key)) parameters.set(key, value);
  return parameters.size === 0 ? null : Object.fromEntries(parameters);
}
