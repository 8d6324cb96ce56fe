import { forEachRow, inHook } from '../errors.ts';
import type { NodeId, TopologyName } from '../ids/node-id.ts';
import { NONE, type Sym, type SymbolTable } from '../ids/symbol-table.ts';
import { IntVector } from '../internal/int-vector.ts';
import type { Attribute } from '../model/attribute.ts';
import { combineTopologies } from '../model/combine-topologies.ts';
import { NodeColumns, type PairColumns, takeRows } from '../model/node-columns.ts';
import type { NodeReader } from '../model/node-reader.ts';
import { type Row, Topology } from '../model/topology.ts';
import { TopologyBuilder } from '../model/topology-builder.ts';
import type { RenderContext } from './context.ts';
import type { DecoratePlan, Plan } from './plan.ts';

/** Writes what a decoration adds to a node; of two latest values for one key the newer is kept, as in a merge. */
export interface DecorationWriter {
  set<T>(attribute: Attribute<T>, value: T): void;
  /** Takes latest values over from a row of another topology, with their times. */
  copyLatest(from: Topology, row: Row, keys: readonly string[]): void;
  /** Takes all time series over from a row of another topology. */
  copyMetrics(from: Topology, row: Row): void;
  /** Makes the ids the node's only parents of a topology. */
  setParents(topology: TopologyName, ids: readonly NodeId[]): void;
}

/** What {@link decorate} takes. */
export interface DecorateOptions {
  readonly name: string;
  /** The keys (and parents' topologies) it may write, for law E2. */
  readonly writes: readonly string[];
  /** Called once for each input; the function it gives is called once for each node. */
  readonly by: DecoratePlan['by'];
}

/** Adds to what is known of nodes; nodes and edges stay as they are (law E1). */
export function decorate(of: Plan, options: DecorateOptions): DecoratePlan {
  return Object.freeze({ kind: 'decorate', of, name: options.name, writes: options.writes, by: options.by });
}

/** @param read - a reader of a row of the input */
export function evaluateDecorate(
  plan: DecoratePlan,
  input: Topology,
  context: RenderContext,
  read: (topology: Topology, row: Row) => NodeReader,
): Topology {
  const writer = new Writer(input.symbols);
  const decorateNode = inHook(`decorate ${plan.name}`, () => plan.by(context, input));
  forEachRow(`decorate ${plan.name}`, input, (row) => {
    writer.begin(input.ids[row] as Sym);
    decorateNode(read(input, row), writer, row);
  });
  if (writer.isEmpty) return input;
  return new Topology({
    name: input.name,
    symbols: input.symbols,
    ids: input.ids,
    kinds: input.kinds(),
    columns: writer.apply(input),
    out: input.out,
    members: () => input.members,
    direct: (row, visit) => input.eachDirectMember(row, visit),
    counts: input.counts,
  });
}

class Writer implements DecorationWriter {
  readonly #symbols: SymbolTable;
  readonly #added: TopologyBuilder;
  readonly #replaced = { id: new IntVector(), topology: new IntVector() };
  #id: Sym = NONE;

  constructor(symbols: SymbolTable) {
    this.#symbols = symbols;
    this.#added = new TopologyBuilder('', symbols, 0);
  }

  get isEmpty(): boolean {
    return this.#added.size === 0 && this.#replaced.id.length === 0;
  }

  begin(id: Sym): void {
    this.#id = id;
  }

  set<T>(attribute: Attribute<T>, value: T): void {
    this.#added.set(this.#added.rowOfSymbol(this.#id), attribute, value);
  }

  copyLatest(from: Topology, row: Row, keys: readonly string[]): void {
    const at = from.columnRowOf(row);
    if (at === NONE) return;
    const wanted = new Set(keys.map((key) => this.#symbols.find(key)));
    const { start, key, value, time } = from.columns.latest;
    const end = start[at + 1] as number;
    for (let i = start[at] as number; i < end; i++) {
      if (!wanted.has(key[i] as number)) continue;
      const to = this.#added.rowOfSymbol(this.#id);
      this.#added.setSymbol(to, key[i] as number, value[i] as number, time[i] as number);
    }
  }

  copyMetrics(from: Topology, row: Row): void {
    const at = from.columnRowOf(row);
    if (at === NONE) return;
    const { metrics } = from.columns;
    const end = metrics.start[at + 1] as number;
    for (let s = metrics.start[at] as number; s < end; s++) {
      const to = this.#added.rowOfSymbol(this.#id);
      this.#added.metricSymbol(
        to,
        metrics.key[s] as number,
        metrics.min[s] as number,
        metrics.max[s] as number,
      );
      const last = metrics.sampleStart[s + 1] as number;
      for (let i = metrics.sampleStart[s] as number; i < last; i++) {
        this.#added.sampleSymbol(metrics.time[i] as number, metrics.value[i] as number);
      }
    }
  }

  setParents(topology: TopologyName, ids: readonly NodeId[]): void {
    const symbol = this.#symbols.intern(topology);
    this.#replaced.id.push(this.#id);
    this.#replaced.topology.push(symbol);
    const to = this.#added.rowOfSymbol(this.#id);
    for (const id of ids) this.#added.parentSymbol(to, symbol, this.#symbols.intern(id));
  }

  /** The input's columns, one row a node, with what was written. */
  apply(input: Topology): NodeColumns {
    const rows = Int32Array.from({ length: input.size }, (_, row) => input.columnRowOf(row));
    const own = takeRows(input.columns, rows);
    const base = new Topology({
      name: '',
      symbols: this.#symbols,
      ids: input.ids,
      columns: new NodeColumns(
        own.rows,
        own.latest,
        own.sets,
        this.#keptParents(input, own.parents),
        own.metrics,
      ),
    });
    return combineTopologies('', this.#symbols, [{ topology: base }, { topology: this.#added.build() }])
      .columns;
  }

  /** Parents without those of the (node, topology) pairs that were set anew. */
  #keptParents(input: Topology, parents: PairColumns): PairColumns {
    if (this.#replaced.id.length === 0) return parents;
    const replaced = new Set<string>();
    for (let i = 0; i < this.#replaced.id.length; i++) {
      replaced.add(`${input.rowOfSymbol(this.#replaced.id.at(i))} ${this.#replaced.topology.at(i)}`);
    }
    const start = new Uint32Array(parents.start.length);
    const key = new IntVector(parents.key.length);
    const value = new IntVector(parents.key.length);
    for (let row = 0; row + 1 < parents.start.length; row++) {
      const end = parents.start[row + 1] as number;
      for (let i = parents.start[row] as number; i < end; i++) {
        if (replaced.has(`${row} ${parents.key[i]}`)) continue;
        key.push(parents.key[i] as number);
        value.push(parents.value[i] as number);
      }
      start[row + 1] = key.length;
    }
    return { start, key: key.toArray(), value: value.toArray() };
  }
}
