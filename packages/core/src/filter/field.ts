import type { TopologyName } from '../ids/node-id.ts';
import { NONE } from '../ids/symbol-table.ts';
import type { Attribute } from '../model/attribute.ts';
import { readNode } from '../model/node-reader.ts';
import type { Row, Topology } from '../model/topology.ts';
import type { FieldValue } from './expression.ts';
import { countCounts, countKeys, countPrefixed, type FieldMembers } from './field-members.ts';
import { nearestName } from './suggest.ts';

/** What a field is on each row: at most one interned text, or any values. */
export type FieldColumn =
  | { readonly kind: 'symbols'; readonly column: Int32Array }
  | { readonly kind: 'values'; readonly of: (row: Row) => readonly FieldValue[] };

/**
 * Something the filter language can ask of a node.
 *
 * A name that ends in a dot is a family: `label.` answers for `label.app` and any other member.
 */
export interface Field {
  readonly name: string;
  readonly description: string;
  /** `graph`: its value depends on edges, so a filter on it is not idempotent (law D5). */
  readonly reads: 'node' | 'graph';
  /** @param member - what follows the dot of a family, else empty */
  read(topology: Topology, member: string): FieldColumn;
  /** Of a family: the members that can be asked for now, for completion. */
  members?(topology: Topology): FieldMembers;
  /** Where it can be, of what is read from some keys of a node; left out: anywhere. */
  readonly found?: FieldPlace;
}

/** The nodes on which sources report a field. A plan may write its keys on others, too (`decorate`). */
export interface FieldPlace {
  readonly keys: readonly string[];
  readonly on: readonly TopologyName[];
}

/**
 * The field of an attribute.
 *
 * @param on - the topologies whose nodes have it, where these are all: a config that asks for it in a view of others is told
 */
export function attributeField(
  attribute: Attribute<unknown>,
  description: string,
  on?: readonly TopologyName[],
): Field {
  return Object.freeze({
    name: attribute.field,
    description,
    reads: 'node',
    read: (topology: Topology): FieldColumn =>
      attribute.place === 'latest'
        ? { kind: 'symbols', column: topology.column(attribute.key) }
        : { kind: 'values', of: (row) => readNode(topology, row).set(attribute.key) },
    ...(on === undefined ? {} : { found: { keys: [attribute.key], on } }),
  });
}

/** A family of fields whose members are keys under one of several prefixes; the first that is there counts. */
export function prefixedField(name: string, description: string, prefixes: readonly string[]): Field {
  return Object.freeze({
    name,
    description,
    reads: 'node',
    read: (topology: Topology, member: string): FieldColumn => {
      const columns = prefixes.map((prefix) => topology.column(prefix + member));
      const [first, ...rest] = columns;
      if (first === undefined || rest.length === 0) {
        return { kind: 'symbols', column: first ?? new Int32Array(topology.size).fill(NONE) };
      }
      return { kind: 'symbols', column: first.map((symbol, row) => firstPresent(symbol, rest, row)) };
    },
    ...(name.endsWith('.') ? { members: (topology) => countPrefixed(topology, prefixes) } : {}),
  } satisfies Field);
}

function firstPresent(symbol: number, rest: readonly Int32Array[], row: Row): number {
  if (symbol !== NONE) return symbol;
  for (const column of rest) if (column[row] !== NONE) return column[row] as number;
  return NONE;
}

/** The newest sample of the first of several time series that is there. */
export function metricField(name: string, description: string, keys: readonly string[]): Field {
  return Object.freeze({
    name,
    description,
    reads: 'node',
    read: (topology: Topology): FieldColumn => ({
      kind: 'values',
      of: (row) => {
        const node = readNode(topology, row);
        for (const key of keys) {
          const newest = node.metric(key)?.samples.at(-1);
          if (newest !== undefined) return [newest.value];
        }
        return [];
      },
    }),
  });
}

/**
 * A field whose values are computed from a node.
 *
 * @param members - of a family: the members that there are
 */
export function computedField(
  name: string,
  description: string,
  reads: 'node' | 'graph',
  values: (topology: Topology, row: Row, member: string) => readonly FieldValue[],
  members?: (topology: Topology) => FieldMembers,
): Field {
  return Object.freeze({
    name,
    description,
    reads,
    read: (topology: Topology, member: string): FieldColumn => ({
      kind: 'values',
      of: (row) => values(topology, row, member),
    }),
    ...(members === undefined ? {} : { members }),
  });
}

/** The fields that every topology has. */
export const coreFields: readonly Field[] = Object.freeze([
  Object.freeze({
    name: 'id',
    description: 'the id of the node',
    reads: 'node',
    read: (topology: Topology): FieldColumn => ({ kind: 'symbols', column: topology.ids }),
  } satisfies Field),
  Object.freeze({
    name: 'topology',
    description: 'the topology the node belongs to: process, container, pseudo, …',
    reads: 'node',
    read: (topology: Topology): FieldColumn => ({ kind: 'symbols', column: topology.kinds() }),
  } satisfies Field),
  computedField('degree', 'the number of other nodes it has an edge to or from', 'graph', (topology, row) => [
    readNode(topology, row).degree,
  ]),
  computedField(
    'count.',
    'how many members of a topology it has: count.process',
    'node',
    (topology, row, of) => [readNode(topology, row).count(of)],
    countCounts,
  ),
  computedField(
    'parent.',
    'the ids of its parents of a topology: parent.host',
    'node',
    (topology, row, of) => readNode(topology, row).parents(of),
    (topology) => countKeys(topology, topology.columns.parents),
  ),
]);

/** The fields that can be asked for, by name. */
export class FieldCatalogue {
  readonly #fields: ReadonlyMap<string, Field>;

  constructor(fields: readonly Field[]) {
    this.#fields = new Map(fields.map((field) => [field.name, field]));
  }

  /** The field of a name and, for a family, the member that is meant. */
  find(name: string): { readonly field: Field; readonly member: string } | undefined {
    const field = this.#fields.get(name);
    if (field !== undefined && !name.endsWith('.')) return { field, member: '' };
    for (let dot = name.indexOf('.'); dot > 0 && dot < name.length - 1; dot = name.indexOf('.', dot + 1)) {
      const family = this.#fields.get(name.slice(0, dot + 1));
      if (family !== undefined) return { field: family, member: name.slice(dot + 1) };
    }
    return undefined;
  }

  /** All fields, families included, by name. */
  list(): readonly Field[] {
    return [...this.#fields.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The known name that is nearest to an unknown one. */
  nearest(name: string): string | undefined {
    return nearestName(name, this.#fields.keys());
  }
}
