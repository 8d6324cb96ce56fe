import { NONE, type SymbolTable } from '../ids/symbol-table.ts';
import { IntVector } from '../internal/int-vector.ts';
import { combineTopologies } from '../model/combine-topologies.ts';
import { type NodeColumns, noColumns, takeRows } from '../model/node-columns.ts';
import { Topology } from '../model/topology.ts';

/**
 * Gathers which columns describe which rows of a topology in the making.
 *
 * As long as all rows are described by one set of columns, at most one row of it each, they are shared and
 * nothing is copied. Otherwise the columns are merged, row by row, as reports are.
 */
export class ColumnSources {
  readonly #rows = new IntVector();
  readonly #columnRows = new IntVector();
  readonly #tables: NodeColumns[] = [];
  /** The index in `#tables` of each entry. */
  readonly #table = new IntVector();

  /** Says that a row of `columns` describes an output row; {@link NONE} describes nothing. */
  add(row: number, columns: NodeColumns, columnRow: number): void {
    if (columnRow === NONE) return;
    let table = this.#tables.length - 1;
    if (this.#tables[table] !== columns) {
      table = this.#tables.indexOf(columns);
      if (table < 0) table = this.#tables.push(columns) - 1;
    }
    this.#rows.push(row);
    this.#columnRows.push(columnRow);
    this.#table.push(table);
  }

  /** Says that all rows of a topology describe the output rows that `rowMap` gives. */
  addAll(topology: Topology, rowMap?: Int32Array): void {
    for (let row = 0; row < topology.size; row++) {
      this.add(
        rowMap === undefined ? row : (rowMap[row] as number),
        topology.columns,
        topology.columnRowOf(row),
      );
    }
  }

  finish(
    symbols: SymbolTable,
    size: number,
  ): { readonly columns: NodeColumns; readonly columnRow: Int32Array } {
    const columnRow = new Int32Array(size).fill(NONE);
    if (this.#tables.length === 0) return { columns: noColumns(0), columnRow };
    if (this.#tables.length === 1 && this.#share(columnRow)) {
      return { columns: this.#tables[0] as NodeColumns, columnRow };
    }
    return this.#merge(symbols, columnRow.fill(NONE));
  }

  #share(columnRow: Int32Array): boolean {
    for (let i = 0; i < this.#rows.length; i++) {
      const row = this.#rows.at(i);
      const described = columnRow[row];
      if (described !== NONE && described !== this.#columnRows.at(i)) return false;
      columnRow[row] = this.#columnRows.at(i);
    }
    return true;
  }

  /** Joins what describes one output row as reports are joined; output rows stand in for ids meanwhile. */
  #merge(symbols: SymbolTable, columnRow: Int32Array): { columns: NodeColumns; columnRow: Int32Array } {
    const contributions = this.#tables.map((columns, table) => {
      const ids = new IntVector();
      const rows = new IntVector();
      for (let i = 0; i < this.#rows.length; i++) {
        if (this.#table.at(i) !== table) continue;
        ids.push(this.#rows.at(i));
        rows.push(this.#columnRows.at(i));
      }
      const taken = takeRows(columns, rows.view());
      return { topology: new Topology({ name: '', symbols, ids: ids.toArray(), columns: taken }) };
    });
    const merged = combineTopologies('', symbols, contributions);
    for (let row = 0; row < merged.size; row++) columnRow[merged.ids[row] as number] = row;
    return { columns: merged.columns, columnRow };
  }
}
