import type { NodeId, TopologyName } from '../ids/node-id.ts';
import { NONE, type Sym, type SymbolTable } from '../ids/symbol-table.ts';
import { RowIndex } from '../internal/row-index.ts';
import { type Adjacency, noEdges, type OpenEdges } from './adjacency.ts';
import { type Members, noMembers } from './members.ts';
import { type NodeColumns, noColumns } from './node-columns.ts';

/** A dense number 0..size-1 that means a node inside one {@link Topology}, and never leaves it. */
export type Row = number;

/** The topology that another is a part of, and the row there of each of its rows, ascending. */
export interface CutFrom {
  readonly topology: Topology;
  readonly rows: Int32Array;
}

/** Calls `visit` with the members of a row, as rows of other topologies. */
export type EachMember = (row: Row, visit: (from: Topology, row: Row) => void) => void;

/** What a {@link Topology} is made of; all arrays are handed over and not written any more. */
export interface TopologyParts {
  readonly name: TopologyName;
  readonly symbols: SymbolTable;
  /** The symbol of each row's id; unique. */
  readonly ids: Int32Array;
  /** The topology each row belongs to, as a symbol; left out when all rows are of `name`. */
  readonly kinds?: Int32Array;
  readonly columns?: NodeColumns;
  /** The row in `columns` of each row, or {@link NONE}; left out when they are the same. */
  readonly columnRow?: Int32Array;
  /** Either edges that are closed, or edges as reported. */
  readonly out?: Adjacency;
  readonly open?: OpenEdges;
  /** Given as a function, they are made when first asked for: a view that is only listed needs none. */
  readonly members?: Members | (() => Members);
  /** Visits the members that were put under a row itself; left out: all members. See {@link Topology.eachDirectMember}. */
  readonly direct?: EachMember;
  /** How many direct members of a topology (a symbol) each row has. */
  readonly counts?: ReadonlyMap<Sym, Uint32Array>;
  /** Given when all that is known of a row is what is known of it there, but for its edges. */
  readonly cutFrom?: CutFrom;
}

/**
 * A graph of nodes with what is known of them, in columns. Immutable.
 *
 * Rows are dense; ids and values are symbols of one table; edges are sparse rows by row number, so an edge
 * without an end cannot be expressed. Plugin authors read nodes through `NodeReader`.
 */
export class Topology {
  readonly name: TopologyName;
  readonly symbols: SymbolTable;
  readonly size: number;
  readonly ids: Int32Array;
  readonly columns: NodeColumns;
  readonly columnRow: Int32Array | undefined;
  readonly open: OpenEdges | undefined;
  /** What was made of the whole may be taken for its parts. */
  readonly cutFrom: CutFrom | undefined;
  #members: Members | (() => Members);
  readonly counts: ReadonlyMap<Sym, Uint32Array>;
  readonly #direct: EachMember | undefined;
  readonly #kinds: Int32Array | undefined;
  readonly #kind: Sym;
  #out: Adjacency | undefined;
  #rows: RowIndex | undefined;

  constructor(parts: TopologyParts) {
    this.name = parts.name;
    this.symbols = parts.symbols;
    this.ids = parts.ids;
    this.size = parts.ids.length;
    this.columns = parts.columns ?? noColumns(this.size);
    this.columnRow = parts.columnRow;
    this.open = parts.open;
    this.#members = parts.members ?? noMembers(this.size);
    this.counts = parts.counts ?? new Map();
    this.#direct = parts.direct;
    this.cutFrom = parts.cutFrom;
    this.#kinds = parts.kinds;
    this.#kind = parts.symbols.intern(parts.name);
    this.#out = parts.out ?? (parts.open === undefined ? noEdges(this.size) : undefined);
  }

  /** The edges between rows of this topology; reported edges to ids that are no row here are left out. */
  get out(): Adjacency {
    this.#out ??= this.#close(this.open as OpenEdges);
    return this.#out;
  }

  /** The rows of other topologies that each row stands for. */
  get members(): Members {
    if (typeof this.#members === 'function') this.#members = this.#members();
    return this.#members;
  }

  /**
   * Visits the members that were put under a row itself, without their own; one may come twice, the later being the one
   * to keep. It costs nothing for rows that are not asked about, where {@link members} gathers those of all rows.
   */
  eachDirectMember(row: Row, visit: (from: Topology, row: Row) => void): void {
    if (this.#direct !== undefined) {
      this.#direct(row, visit);
      return;
    }
    const { start, table, row: rows, tables } = this.members;
    const end = start[row + 1] as number;
    for (let m = start[row] as number; m < end; m++)
      visit(tables[table[m] as number] as Topology, rows[m] as Row);
  }

  /** The row of an id, or `undefined`. */
  rowOf(id: NodeId | string): Row | undefined {
    const symbol = this.symbols.find(id);
    const row = symbol === NONE ? NONE : this.rowOfSymbol(symbol);
    return row === NONE ? undefined : row;
  }

  /** The row of an id's symbol, or {@link NONE}. */
  rowOfSymbol(id: Sym): number {
    this.#rows ??= new RowIndex(this.ids);
    return this.#rows.get(id);
  }

  idOf(row: Row): NodeId {
    return this.symbols.text(this.ids[row] as number) as NodeId;
  }

  /** The symbol of the topology that a row belongs to: this one's, a pseudo node's, or a branch's. */
  kindSymbol(row: Row): Sym {
    return this.#kinds === undefined ? this.#kind : (this.#kinds[row] as number);
  }

  kindOf(row: Row): TopologyName {
    return this.symbols.text(this.kindSymbol(row));
  }

  /** Each row's topology as a symbol; made when all rows share one. */
  kinds(): Int32Array {
    return this.#kinds ?? new Int32Array(this.size).fill(this.#kind);
  }

  /** Whether all rows are of the topology's own kind. */
  get uniform(): boolean {
    return this.#kinds === undefined;
  }

  /** The row in {@link columns} of a row, or {@link NONE} when nothing is known of it. */
  columnRowOf(row: Row): number {
    return this.columnRow === undefined ? row : (this.columnRow[row] as number);
  }

  /** The latest value of a key for each row, as symbols ({@link NONE} where absent). */
  column(key: string): Int32Array {
    const base = this.columns.column(this.symbols.find(key));
    const { columnRow } = this;
    if (columnRow === undefined) return base;
    const column = new Int32Array(this.size);
    for (let row = 0; row < this.size; row++) {
      const at = columnRow[row] as number;
      column[row] = at === NONE ? NONE : (base[at] as number);
    }
    return column;
  }

  /** The number of edges a source reported for a row, also to nodes that are not here. */
  reportedDegree(row: Row): number {
    const start = this.open?.start ?? this.out.start;
    return (start[row + 1] as number) - (start[row] as number);
  }

  #close(open: OpenEdges): Adjacency {
    const start = new Uint32Array(this.size + 1);
    const to = new Uint32Array(open.to.length);
    let end = 0;
    for (let row = 0; row < this.size; row++) {
      const first = end;
      const last = open.start[row + 1] as number;
      for (let e = open.start[row] as number; e < last; e++) {
        const target = this.rowOfSymbol(open.to[e] as number);
        if (target !== NONE) to[end++] = target;
      }
      // Ascending by symbol is not ascending by row.
      if (end - first > 1) to.subarray(first, end).sort();
      start[row + 1] = end;
    }
    return { start, to: to.slice(0, end) };
  }
}
