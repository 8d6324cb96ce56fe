import { fractionMillis, type Millis } from '../ids/instant.ts';
import type { NodeId, TopologyName } from '../ids/node-id.ts';
import { PSEUDO } from '../ids/pseudo-id.ts';
import { NONE } from '../ids/symbol-table.ts';
import { degrees } from './adjacency.ts';
import type { Attribute } from './attribute.ts';
import { findKey } from './node-columns.ts';
import type { Row, Topology } from './topology.ts';

/** A value of a time series. */
export interface Sample {
  readonly at: Millis;
  readonly value: number;
}

/** A time series: its bounds and its samples, oldest first. */
export interface Metric {
  readonly min: number;
  readonly max: number;
  readonly samples: readonly Sample[];
}

/** What a plugin's functions see of a node: its id, what is known of it, and its place in the graph. */
export interface NodeReader {
  readonly id: NodeId;
  /** The topology the node belongs to; `pseudo` for nodes that no source reports. */
  readonly topology: TopologyName;
  readonly pseudo: boolean;
  /** The value of an attribute; `undefined` when it is absent or not of the attribute's type. */
  get<T>(attribute: Attribute<T>): T | undefined;
  /** The latest value of a key as it was reported. */
  raw(key: string): string | undefined;
  /** When the latest value of a key was seen. */
  seen(key: string): Millis | undefined;
  /** The values of a set, ascending; empty when absent. */
  set(key: string): readonly string[];
  metric(key: string): Metric | undefined;
  /** How many direct members of a topology the node has, with what its source reported as such. */
  count(of: TopologyName): number;
  /** Whether the node has members of a topology; where its plan counts them, direct ones. */
  hasMember(of: TopologyName): boolean;
  /** The number of other nodes it has an edge to or from. */
  readonly degree: number;
  /** The ids of the nodes of a topology it belongs to, ascending. */
  parents(of: TopologyName): readonly NodeId[];
  /** All latest values, by key ascending. */
  entries(): readonly (readonly [key: string, value: string])[];
}

/** Under this prefix sources report counts of their own (WIRE.md §1.3, `counters`). */
export const COUNT_PREFIX = 'count_';

const degreesOf = new WeakMap<Topology, Uint32Array>();

/** A reader of one row of a topology. */
export function readNode(topology: Topology, row: Row): NodeReader {
  return new RowReader(topology, row);
}

/** Whether it was asked for what depends on edges: what was made of it then holds for this topology only. */
export function hasReadEdges(node: NodeReader): boolean {
  return node instanceof RowReader && node.hasReadEdges;
}

class RowReader implements NodeReader {
  hasReadEdges = false;
  readonly #t: Topology;
  readonly #row: Row;
  /** The row in the columns, or NONE. */
  readonly #at: number;

  constructor(topology: Topology, row: Row) {
    this.#t = topology;
    this.#row = row;
    this.#at = topology.columnRowOf(row);
  }

  get id(): NodeId {
    return this.#t.idOf(this.#row);
  }

  get topology(): TopologyName {
    return this.#t.kindOf(this.#row);
  }

  get pseudo(): boolean {
    return this.topology === PSEUDO;
  }

  get<T>(attribute: Attribute<T>): T | undefined {
    if (attribute.place === 'sets') {
      const first = this.set(attribute.key)[0];
      return first === undefined ? undefined : attribute.decode(first);
    }
    const text = this.raw(attribute.key);
    return text === undefined ? undefined : attribute.decode(text);
  }

  raw(key: string): string | undefined {
    const { latest } = this.#t.columns;
    const at = this.#find(latest, key);
    return at < 0 ? undefined : this.#t.symbols.text(latest.value[at] as number);
  }

  seen(key: string): Millis | undefined {
    const { latest } = this.#t.columns;
    const at = this.#find(latest, key);
    if (at < 0) return undefined;
    const time = latest.time[at] as number;
    return fractionMillis(this.#t.symbols.millisOf(time), this.#t.symbols.nanosOf(time));
  }

  set(key: string): readonly string[] {
    return this.#values(this.#t.columns.sets, key);
  }

  parents(of: TopologyName): readonly NodeId[] {
    return this.#values(this.#t.columns.parents, of) as readonly NodeId[];
  }

  metric(key: string): Metric | undefined {
    const { metrics } = this.#t.columns;
    const series = this.#find(metrics, key);
    if (series < 0) return undefined;
    const samples: Sample[] = [];
    const end = metrics.sampleStart[series + 1] as number;
    for (let s = metrics.sampleStart[series] as number; s < end; s++) {
      samples.push({
        at: this.#t.symbols.timeOf(metrics.time[s] as number),
        value: metrics.value[s] as number,
      });
    }
    return { min: metrics.min[series] as number, max: metrics.max[series] as number, samples };
  }

  count(of: TopologyName): number {
    const symbol = this.#t.symbols.find(of);
    const counted = this.#t.counts.get(symbol)?.[this.#row] ?? 0;
    const reported = Number.parseInt(this.raw(COUNT_PREFIX + of) ?? '0', 10);
    return counted + (Number.isNaN(reported) ? 0 : reported);
  }

  hasMember(of: TopologyName): boolean {
    const kind = this.#t.symbols.find(of);
    // Where members of the topology are counted the count tells, and the members need not be gathered.
    const counted = this.#t.counts.get(kind);
    if (counted !== undefined) return (counted[this.#row] as number) > 0;
    const { start, table, row, tables } = this.#t.members;
    const end = start[this.#row + 1] as number;
    for (let m = start[this.#row] as number; m < end; m++) {
      if ((tables[table[m] as number] as Topology).kindSymbol(row[m] as number) === kind) return true;
    }
    return false;
  }

  get degree(): number {
    this.hasReadEdges = true;
    let all = degreesOf.get(this.#t);
    if (all === undefined) {
      all = degrees(this.#t.out);
      degreesOf.set(this.#t, all);
    }
    return all[this.#row] as number;
  }

  entries(): readonly (readonly [key: string, value: string])[] {
    if (this.#at === NONE) return [];
    const { latest } = this.#t.columns;
    const entries: (readonly [string, string])[] = [];
    const end = latest.start[this.#at + 1] as number;
    for (let i = latest.start[this.#at] as number; i < end; i++) {
      entries.push([
        this.#t.symbols.text(latest.key[i] as number),
        this.#t.symbols.text(latest.value[i] as number),
      ]);
    }
    return entries.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  }

  #find(columns: { readonly start: Uint32Array; readonly key: Int32Array }, key: string): number {
    if (this.#at === NONE) return NONE;
    const symbol = this.#t.symbols.find(key);
    if (symbol === NONE) return NONE;
    return findKey(
      columns.key,
      columns.start[this.#at] as number,
      columns.start[this.#at + 1] as number,
      symbol,
    );
  }

  #values(
    columns: { readonly start: Uint32Array; readonly key: Int32Array; readonly value: Int32Array },
    key: string,
  ): readonly string[] {
    let at = this.#find(columns, key);
    if (at < 0) return [];
    const symbol = columns.key[at];
    const end = columns.start[this.#at + 1] as number;
    const values: string[] = [];
    for (; at < end && columns.key[at] === symbol; at++)
      values.push(this.#t.symbols.text(columns.value[at] as number));
    return values.sort();
  }
}
