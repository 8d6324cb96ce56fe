import {
  type InstantSym,
  NO_TEMPLATES,
  NONE,
  type Row,
  type Sym,
  type SymbolTable,
  TopologyBuilder,
  type TopologyName,
  type TopologyTemplates,
} from '@ridgeline/core';

/** A count that a node brings; it is stamped when the whole report is read. */
export interface ReportedCount {
  readonly row: Row;
  readonly key: Sym;
  readonly value: Sym;
}

/** A topology in the making, as both encodings of a report fill it. */
export class TopologyAssembly {
  readonly halfKnown: Set<Sym> = new Set();
  readonly counts: ReportedCount[] = [];
  templates: TopologyTemplates = NO_TEMPLATES;
  readonly #name: TopologyName;
  readonly #symbols: SymbolTable;
  #builder: TopologyBuilder | undefined;
  readonly #activeControls: Sym;
  readonly #pending = { value: NONE, time: NONE };
  #controlsReplaced = false;

  constructor(name: TopologyName, symbols: SymbolTable) {
    this.#name = name;
    this.#symbols = symbols;
    this.#activeControls = symbols.intern('active_controls');
  }

  /** Made when the first node comes: most topologies of most reports have none. */
  get builder(): TopologyBuilder {
    this.#builder ??= new TopologyBuilder(this.#name, this.#symbols, 0);
    return this.#builder;
  }

  get hasNodes(): boolean {
    return this.#builder !== undefined && this.#builder.size > 0;
  }

  /** A latest value. Active controls wait for the end of the node: `latestControls` may replace them. */
  latest(row: Row, key: Sym, value: Sym, time: InstantSym): void {
    if (key === this.#activeControls) {
      this.#pending.value = value;
      this.#pending.time = time;
    } else this.builder.setSymbol(row, key, value, time);
  }

  /**
   * The controls of an old probe: the live ones become the active controls, stamped with the newest of them
   * (WIRE.md §1.3).
   */
  latestControls(
    row: Row,
    controls: readonly { readonly id: string; readonly dead: boolean; readonly time: InstantSym }[],
  ): void {
    const live = controls.filter((control) => !control.dead);
    const first = live[0];
    if (first === undefined) return;
    const { symbols } = this.builder;
    const newest = live.reduce(
      (time, control) => (symbols.compareInstants(control.time, time) > 0 ? control.time : time),
      first.time,
    );
    const ids = live.map((control) => control.id).sort();
    this.builder.setSymbol(row, this.#activeControls, symbols.intern(ids.join(';')), newest);
    this.#controlsReplaced = true;
  }

  /** A count of a plugin: `n` becomes the latest value `count_…`. */
  count(row: Row, topology: string, n: number): void {
    const { symbols } = this.builder;
    this.counts.push({ row, key: symbols.intern(`count_${topology}`), value: symbols.intern(String(n)) });
  }

  /** @param named - whether the node says its own id */
  endNode(row: Row, id: Sym, named: boolean): void {
    if (!named) this.halfKnown.add(id);
    if (this.#pending.value !== NONE) {
      if (!this.#controlsReplaced) {
        this.builder.setSymbol(row, this.#activeControls, this.#pending.value, this.#pending.time);
      }
      this.#pending.value = NONE;
    }
    this.#controlsReplaced = false;
  }
}
