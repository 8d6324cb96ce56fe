import type { Millis } from '../ids/instant.ts';
import type { Sym, SymbolTable } from '../ids/symbol-table.ts';
import { FloatVector, IntVector } from '../internal/int-vector.ts';

/**
 * The evidence of edges: for each (edge, source) one row. Totals are counted since `firstSeen`, never
 * increments, so merging is min, max, max, max, max (semantics.md §1). Sparse rows by edge, ascending by source.
 */
export interface EdgeFactColumns {
  /** Length edges + 1. */
  readonly start: Uint32Array;
  /** The symbol of the source's name. */
  readonly source: Int32Array;
  readonly firstSeen: Float64Array;
  readonly lastSeen: Float64Array;
  readonly connections: Float64Array;
  readonly bytesOut: Float64Array;
  readonly bytesIn: Float64Array;
  /** 1 where the direction of the edge was guessed. */
  readonly guessed: Uint8Array;
}

/** What one source saw of one edge. Bytes count from the edge's tail to its head (`out`) and back (`in`). */
export interface EdgeFact {
  readonly source: string;
  readonly firstSeen: Millis;
  readonly lastSeen: Millis;
  readonly connections: number;
  readonly bytesOut: number;
  readonly bytesIn: number;
  /** Whether the source could not tell which end is the client. */
  readonly guessed: boolean;
}

/** Joins what one source said twice of one edge (commutative, associative, idempotent). */
export function joinFacts(a: EdgeFact, b: EdgeFact): EdgeFact {
  return {
    source: a.source,
    firstSeen: Math.min(a.firstSeen, b.firstSeen),
    lastSeen: Math.max(a.lastSeen, b.lastSeen),
    connections: Math.max(a.connections, b.connections),
    bytesOut: Math.max(a.bytesOut, b.bytesOut),
    bytesIn: Math.max(a.bytesIn, b.bytesIn),
    guessed: a.guessed && b.guessed,
  };
}

/** Adds what one source said of two different edges, for an edge that stands for both. */
export function addFacts(a: EdgeFact, b: EdgeFact): EdgeFact {
  return {
    source: a.source,
    firstSeen: Math.min(a.firstSeen, b.firstSeen),
    lastSeen: Math.max(a.lastSeen, b.lastSeen),
    connections: a.connections + b.connections,
    bytesOut: a.bytesOut + b.bytesOut,
    bytesIn: a.bytesIn + b.bytesIn,
    guessed: a.guessed && b.guessed,
  };
}

/** Facts of edges in any order, with repetitions; `edge` is the index of an edge as it was written. */
export class FactEntries {
  readonly edge: IntVector = new IntVector();
  readonly source: IntVector = new IntVector();
  readonly firstSeen: FloatVector = new FloatVector();
  readonly lastSeen: FloatVector = new FloatVector();
  readonly connections: FloatVector = new FloatVector();
  readonly bytesOut: FloatVector = new FloatVector();
  readonly bytesIn: FloatVector = new FloatVector();
  readonly guessed: IntVector = new IntVector();

  get length(): number {
    return this.edge.length;
  }

  push(edge: number, source: Sym, fact: Omit<EdgeFact, 'source'>): void {
    this.edge.push(edge);
    this.source.push(source);
    this.firstSeen.push(fact.firstSeen);
    this.lastSeen.push(fact.lastSeen);
    this.connections.push(fact.connections);
    this.bytesOut.push(fact.bytesOut);
    this.bytesIn.push(fact.bytesIn);
    this.guessed.push(fact.guessed ? 1 : 0);
  }
}

/** The fact at an index of the columns. */
export function factAt(symbols: SymbolTable, facts: EdgeFactColumns, index: number): EdgeFact {
  return {
    source: symbols.text(facts.source[index] as number),
    firstSeen: facts.firstSeen[index] as number,
    lastSeen: facts.lastSeen[index] as number,
    connections: facts.connections[index] as number,
    bytesOut: facts.bytesOut[index] as number,
    bytesIn: facts.bytesIn[index] as number,
    guessed: facts.guessed[index] === 1,
  };
}
