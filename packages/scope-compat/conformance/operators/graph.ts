import {
  custom,
  emptyReport,
  Interpreter,
  type Members,
  type Plan,
  type Row,
  type SymbolTable,
  Topology,
  TopologyBuilder,
} from '@ridgeline/core';
import { parseInstant } from '@ridgeline/scope-compat';
import { type Json, type JsonMap, listOf, mapOf, textOf, textsOf } from '../json.ts';
import { builtInEnvironment } from '../session.ts';

/**
 * Reads a graph of an expectation.
 *
 * @param bare - nodes of which this graph knows nothing but that its edges lead to them, with their topologies: our
 *   topologies are closed, so the end of an edge must be there
 */
export function readGraph(
  nodes: JsonMap,
  symbols: SymbolTable,
  bare: ReadonlyMap<string, string> = new Map(),
): Topology {
  const builder = new TopologyBuilder('graph', symbols, 0);
  const kinds: number[] = [];
  const members = new MemberReader(symbols);
  for (const [id, item] of Object.entries(nodes)) {
    const node = mapOf(item);
    const row = builder.rowOfSymbol(symbols.intern(id));
    kinds[row] = symbols.intern(textOf(node.topology));
    writeNode(builder, row, node);
    members.read(row, node.children ?? null);
  }
  for (const [id, kind] of bare) kinds[builder.rowOfSymbol(symbols.intern(id))] = symbols.intern(kind);
  const read = builder.build();
  return new Topology({
    name: read.name,
    symbols,
    ids: read.ids,
    kinds: Int32Array.from(kinds),
    columns: read.columns,
    out: read.out,
    members: members.finish(read.size),
  });
}

/** Follows a plan over graphs that are given. */
export function interpretOver(
  symbols: SymbolTable,
  graphs: readonly Topology[],
  plan: (...of: readonly Plan[]) => Plan,
): Topology {
  const given = graphs.map((graph) => custom('given', [], () => graph));
  return new Interpreter(builtInEnvironment).interpret(plan(...given), emptyReport(symbols));
}

/** Latest values come with their times or without, counts of time series as in reports. */
function writeNode(builder: TopologyBuilder, row: Row, node: JsonMap): void {
  const { symbols } = builder;
  for (const [key, item] of Object.entries(mapOf(node.latest))) {
    const value = typeof item === 'string' ? item : textOf(mapOf(item).value);
    builder.setSymbol(
      row,
      symbols.intern(key),
      symbols.intern(value),
      instantOf(symbols, mapOf(item).timestamp),
    );
  }
  for (const [key, values] of Object.entries(mapOf(node.sets))) {
    for (const value of textsOf(values)) builder.addSymbol(row, symbols.intern(key), symbols.intern(value));
  }
  for (const [of, ids] of Object.entries(mapOf(node.parents))) {
    for (const id of textsOf(ids)) builder.parentSymbol(row, symbols.intern(of), symbols.intern(id));
  }
  for (const id of textsOf(node.adjacency)) builder.edgeSymbol(row, symbols.intern(id));
  for (const [key, item] of Object.entries(mapOf(node.metrics))) {
    const metric = mapOf(item);
    builder.metricSymbol(row, symbols.intern(key), Number(metric.min), Number(metric.max));
    for (const sample of listOf(metric.samples).map(mapOf)) {
      builder.sampleSymbol(instantOf(symbols, sample.date), Number(sample.value));
    }
  }
}

function instantOf(symbols: SymbolTable, text: Json | undefined): number {
  const instant = parseInstant(textOf(text));
  return instant === undefined ? symbols.instant(0) : symbols.instant(instant.millis, instant.nanos);
}

/** Children as whole nodes, or as ids by topology. */
class MemberReader {
  readonly #symbols: SymbolTable;
  readonly #entries: {
    readonly out: Row;
    readonly kind: string;
    readonly id: string;
    readonly node: JsonMap;
  }[] = [];

  constructor(symbols: SymbolTable) {
    this.#symbols = symbols;
  }

  read(out: Row, children: Json): void {
    for (const child of listOf(children).map(mapOf)) {
      this.#entries.push({ out, kind: textOf(child.topology), id: textOf(child.id), node: child });
    }
    if (Array.isArray(children)) return;
    for (const [kind, ids] of Object.entries(mapOf(children))) {
      for (const id of textsOf(ids)) this.#entries.push({ out, kind, id, node: {} });
    }
  }

  /** Each child is a row of its own: two nodes may know different things of children with one id. */
  finish(size: number): Members {
    const tables: Topology[] = [];
    const start = new Uint32Array(size + 1);
    const table: number[] = [];
    for (let row = 0; row < size; row++) {
      for (const { kind, id, node } of this.#entries.filter((entry) => entry.out === row)) {
        const builder = new TopologyBuilder(kind, this.#symbols, 0);
        writeNode(builder, builder.rowOfSymbol(this.#symbols.intern(id)), node);
        table.push(tables.push(builder.build()) - 1);
      }
      start[row + 1] = table.length;
    }
    return { start, table: Uint8Array.from(table), row: new Uint32Array(table.length), tables };
  }
}
