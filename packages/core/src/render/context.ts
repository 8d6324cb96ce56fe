import type { Millis } from '../ids/instant.ts';
import type { TopologyName } from '../ids/node-id.ts';
import type { SymbolTable } from '../ids/symbol-table.ts';
import { type DnsNames, type Report, reportTime } from '../model/report.ts';
import { Topology } from '../model/topology.ts';

/**
 * What a plan may read of a report.
 *
 * Each reading is remembered, so that a result is made again only when something it was made of has changed
 * (law F2): no plan has to declare what it needs.
 */
export interface RenderContext {
  readonly symbols: SymbolTable;
  /** The reported topology of a name; empty when there is none. */
  topology(name: TopologyName): Topology;
  /** The names of an address. */
  readonly dns: ReadonlyMap<string, DnsNames>;
  /** The end of the report's window. Reading it makes a result depend on every new report. */
  readonly now: Millis;
  /** A value derived from topologies, made once for each state of what it reads. */
  derive<T>(derivation: Derivation<T>): T;
}

/** A value that several plans need, as a pure function of the report. */
export interface Derivation<T> {
  readonly name: string;
  readonly derive: (context: RenderContext) => T;
}

/** One reading of a report: asked again, `read` must give the same object for a result to hold. */
export interface Reading {
  readonly read: (report: Report) => unknown;
  readonly found: unknown;
}

/** The readings of a report by one step of a plan. */
export class TrackedContext implements RenderContext {
  readonly readings: Reading[] = [];
  readonly #report: Report;
  readonly #scope: RenderScope;

  constructor(report: Report, scope: RenderScope) {
    this.#report = report;
    this.#scope = scope;
  }

  get symbols(): SymbolTable {
    return this.#report.symbols;
  }

  topology(name: TopologyName): Topology {
    return this.#read((report) => this.#scope.topology(report, name));
  }

  get dns(): ReadonlyMap<string, DnsNames> {
    return this.#read((report) => report.dns);
  }

  get now(): Millis {
    return this.#read(reportTime);
  }

  derive<T>(derivation: Derivation<T>): T {
    const { value, readings } = this.#scope.derive(this.#report, derivation);
    this.readings.push(...readings);
    return value;
  }

  #read<T>(read: (report: Report) => T): T {
    const found = read(this.#report);
    this.readings.push({ read, found });
    return found;
  }
}

/** Whether a report still gives what was found. */
export function holds(readings: readonly Reading[], report: Report): boolean {
  for (const { read, found } of readings) if (read(report) !== found) return false;
  return true;
}

/** What outlives one render: empty topologies and derived values, by symbol table and by derivation. */
export class RenderScope {
  readonly #empty = new WeakMap<SymbolTable, Map<TopologyName, Topology>>();
  readonly #derived = new WeakMap<
    Derivation<unknown>,
    { readonly symbols: SymbolTable; readonly value: unknown; readonly readings: readonly Reading[] }
  >();

  /** The reported topology, or one and the same empty topology. */
  topology(report: Report, name: TopologyName): Topology {
    const reported = report.topologies.get(name);
    if (reported !== undefined) return reported;
    let empties = this.#empty.get(report.symbols);
    if (empties === undefined) {
      empties = new Map();
      this.#empty.set(report.symbols, empties);
    }
    let empty = empties.get(name);
    if (empty === undefined) {
      empty = new Topology({ name, symbols: report.symbols, ids: new Int32Array(0) });
      empties.set(name, empty);
    }
    return empty;
  }

  derive<T>(
    report: Report,
    derivation: Derivation<T>,
  ): { readonly value: T; readonly readings: readonly Reading[] } {
    const known = this.#derived.get(derivation);
    if (known !== undefined && known.symbols === report.symbols && holds(known.readings, report)) {
      return known as { readonly value: T; readonly readings: readonly Reading[] };
    }
    const context = new TrackedContext(report, this);
    const made = { symbols: report.symbols, value: derivation.derive(context), readings: context.readings };
    this.#derived.set(derivation, made);
    return made;
  }
}
