import type { Millis } from '../ids/instant.ts';
import type { NodeId, TopologyName } from '../ids/node-id.ts';
import { type InstantSym, NONE, type Sym, type SymbolTable } from '../ids/symbol-table.ts';
import { IntTable } from '../internal/int-table.ts';
import { FloatVector, IntVector } from '../internal/int-vector.ts';
import type { Attribute } from './attribute.ts';
import { buildLatest, buildPairs, type PairEntries } from './build-columns.ts';
import { buildOpenEdges } from './build-edges.ts';
import { buildMetrics } from './build-metrics.ts';
import { type EdgeFact, FactEntries } from './edge-facts.ts';
import { NodeColumns } from './node-columns.ts';
import { type Row, Topology } from './topology.ts';

/**
 * Makes a {@link Topology}: sources write rows and values in any order, {@link build} sorts them once.
 *
 * A row, value or edge that is written twice is kept once; of two values for one key the later wins, of two
 * with one time the greater (as in a merge). The symbol-level methods spare readers the text when they
 * already hold symbols of the same table.
 *
 * @example
 * const processes = new TopologyBuilder('process', symbols, now);
 * const row = processes.row(processId.encode(host, '42'));
 * processes.set(row, name, 'nginx');
 * const topology = processes.build();
 */
export class TopologyBuilder {
  readonly name: TopologyName;
  readonly symbols: SymbolTable;
  readonly #at: InstantSym;
  readonly #ids = new IntVector(64);
  readonly #rows = new IntTable(16);
  readonly #latest = {
    row: new IntVector(),
    key: new IntVector(),
    value: new IntVector(),
    time: new IntVector(),
  };
  readonly #sets = { row: new IntVector(), key: new IntVector(), value: new IntVector() };
  readonly #parents = { row: new IntVector(), key: new IntVector(), value: new IntVector() };
  readonly #edges = { row: new IntVector(), to: new IntVector() };
  readonly #facts = new FactEntries();
  readonly #series = {
    row: new IntVector(),
    key: new IntVector(),
    min: new FloatVector(),
    max: new FloatVector(),
  };
  readonly #samples = { series: new IntVector(), time: new IntVector(), value: new FloatVector() };
  readonly #lastSeries = { row: NONE, key: NONE, index: NONE };

  /** @param at - the time of values that are set without one */
  constructor(name: TopologyName, symbols: SymbolTable, at: Millis) {
    this.name = name;
    this.symbols = symbols;
    this.#at = symbols.instantOf(at);
  }

  /** How many rows there are so far. */
  get size(): number {
    return this.#ids.length;
  }

  /** The row of an id, made when it is new. */
  row(id: NodeId): Row {
    return this.rowOfSymbol(this.symbols.intern(id));
  }

  /** As {@link row}, for an id that is a symbol already. */
  rowOfSymbol(id: Sym): Row {
    const next = this.#ids.length;
    const row = this.#rows.getOrSet(id, next);
    if (row === next) this.#ids.push(id);
    return row;
  }

  /** Sets the value of an attribute; for a set attribute, adds to it. */
  set<T>(row: Row, attribute: Attribute<T>, value: T, at?: Millis): void {
    const key = this.symbols.intern(attribute.key);
    const text = this.symbols.intern(attribute.encode(value));
    if (attribute.place === 'sets') this.addSymbol(row, key, text);
    else this.setSymbol(row, key, text, at === undefined ? this.#at : this.symbols.instantOf(at));
  }

  /** Sets a value by symbols. */
  setSymbol(row: Row, key: Sym, value: Sym, at: InstantSym = this.#at): void {
    this.#latest.row.push(row);
    this.#latest.key.push(key);
    this.#latest.value.push(value);
    this.#latest.time.push(at);
  }

  /** Adds a value to a set by symbols. */
  addSymbol(row: Row, key: Sym, value: Sym): void {
    this.#sets.row.push(row);
    this.#sets.key.push(key);
    this.#sets.value.push(value);
  }

  /** Says that the row's node belongs to a node of another topology. */
  parent(row: Row, topology: TopologyName, id: NodeId): void {
    this.parentSymbol(row, this.symbols.intern(topology), this.symbols.intern(id));
  }

  /** As {@link parent}, by symbols. */
  parentSymbol(row: Row, topology: Sym, id: Sym): void {
    this.#parents.row.push(row);
    this.#parents.key.push(topology);
    this.#parents.value.push(id);
  }

  /** Adds an edge; the node it leads to may be in another host's report. */
  edge(row: Row, to: NodeId, fact?: EdgeFact): void {
    this.edgeSymbol(row, this.symbols.intern(to), fact);
  }

  /** As {@link edge}, by symbol. */
  edgeSymbol(row: Row, to: Sym, fact?: EdgeFact): void {
    if (fact !== undefined) {
      this.#facts.push(this.#edges.row.length, this.symbols.intern(fact.source), fact);
    }
    this.#edges.row.push(row);
    this.#edges.to.push(to);
  }

  /**
   * Opens a time series whose samples follow by {@link sample}.
   *
   * @param min - the least value the series can have, @param max - the greatest
   */
  metric(row: Row, key: string, min: number, max: number): void {
    this.metricSymbol(row, this.symbols.intern(key), min, max);
  }

  /** As {@link metric}, by symbol. */
  metricSymbol(row: Row, key: Sym, min: number, max: number): void {
    this.#lastSeries.row = row;
    this.#lastSeries.key = key;
    this.#lastSeries.index = this.#series.row.length;
    this.#series.row.push(row);
    this.#series.key.push(key);
    this.#series.min.push(min);
    this.#series.max.push(max);
  }

  /** Adds a sample to the series that was opened last. */
  sample(at: Millis, value: number): void {
    this.sampleSymbol(this.symbols.instantOf(at), value);
  }

  /** As {@link sample}, for an instant that is a symbol already. */
  sampleSymbol(at: InstantSym, value: number): void {
    this.#samples.series.push(this.#lastSeries.index);
    this.#samples.time.push(at);
    this.#samples.value.push(value);
  }

  /** The topology of what was written; the builder is done then. */
  build(): Topology {
    const rows = this.#ids.length;
    const { symbols } = this;
    return new Topology({
      name: this.name,
      symbols,
      ids: this.#ids.toArray(),
      columns: new NodeColumns(
        rows,
        buildLatest(symbols, rows, {
          row: this.#latest.row.view(),
          key: this.#latest.key.view(),
          value: this.#latest.value.view(),
          time: this.#latest.time.view(),
        }),
        buildPairs(rows, viewPairs(this.#sets)),
        buildPairs(rows, viewPairs(this.#parents)),
        buildMetrics(symbols, rows, {
          row: this.#series.row.view(),
          key: this.#series.key.view(),
          min: this.#series.min.view(),
          max: this.#series.max.view(),
          sampleSeries: this.#samples.series.view(),
          time: this.#samples.time.view(),
          value: this.#samples.value.view(),
        }),
      ),
      open: buildOpenEdges(rows, { row: this.#edges.row.view(), to: this.#edges.to.view() }, this.#facts),
    });
  }
}

function viewPairs(entries: { row: IntVector; key: IntVector; value: IntVector }): PairEntries {
  return { row: entries.row.view(), key: entries.key.view(), value: entries.value.view() };
}
