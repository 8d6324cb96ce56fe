import {
  type DnsNames,
  type ForeignPlugin,
  type InstantSym,
  type Millis,
  makeReport,
  NO_TEMPLATES,
  NONE,
  type Sampling,
  type Sym,
  type SymbolTable,
  type Topology,
  type TopologyName,
  type TopologyTemplates,
} from '@ridgeline/core';
import type { ScopeReport, ScopeReportKind } from '../wire/scope-report.ts';
import { scopeTopologies } from '../wire/topology-names.ts';
import type { ReadLimits } from './limits.ts';
import { badReport } from './read-error.ts';
import type { TemplateMemo } from './template-memo.ts';
import { TopologyAssembly } from './topology-assembly.ts';

/** A report in the making, as both encodings fill it. */
export class ReportAssembly {
  readonly symbols: SymbolTable;
  readonly limits: ReadLimits;
  readonly memo: TemplateMemo;
  startedAt: InstantSym = NONE;
  windowNanos = 0;
  shortcut = false;
  sampling: Sampling = { seen: 0, total: 0 };
  dns: ReadonlyMap<string, DnsNames> = new Map();
  /** Under the name by which release 1.11.6 called it. */
  misnamedDns: ReadonlyMap<string, DnsNames> = new Map();
  plugins: readonly ForeignPlugin[] = [];
  readonly receivedAt: Millis;
  readonly #topologies = new Map<TopologyName, TopologyAssembly>();
  #nodes = 0;

  /** @param receivedAt - stands in for the start of a report that does not say when it was begun */
  constructor(symbols: SymbolTable, limits: ReadLimits, memo: TemplateMemo, receivedAt: Millis) {
    this.symbols = symbols;
    this.memo = memo;
    this.receivedAt = receivedAt;
    this.limits = limits;
  }

  topology(name: TopologyName): TopologyAssembly {
    let assembly = this.#topologies.get(name);
    if (assembly === undefined) {
      assembly = new TopologyAssembly(name, this.symbols);
      this.#topologies.set(name, assembly);
    }
    return assembly;
  }

  /** Says that a topology of so many nodes follows. */
  expectNodes(path: string, count: number): void {
    this.#nodes += count;
    if (this.#nodes > this.limits.nodes) throw badReport(path, `more than ${this.limits.nodes} nodes`);
  }

  finish(): ScopeReport {
    const { symbols, startedAt } = this;
    const stamp = startedAt === NONE ? symbols.instantOf(this.receivedAt) : startedAt;
    const topologies: Topology[] = [];
    const templates = new Map<TopologyName, TopologyTemplates>();
    const halfKnown = new Map<TopologyName, ReadonlySet<Sym>>();
    for (const [name, assembly] of this.#topologies) {
      for (const { row, key, value } of assembly.counts) assembly.builder.setSymbol(row, key, value, stamp);
      if (assembly.hasNodes) topologies.push(assembly.builder.build());
      if (assembly.templates !== NO_TEMPLATES) templates.set(name, assembly.templates);
      if (assembly.halfKnown.size > 0) halfKnown.set(name, assembly.halfKnown);
    }
    const from = startedAt === NONE ? this.receivedAt : symbols.timeOf(startedAt);
    return {
      report: makeReport({
        symbols,
        window: { from, to: from + Math.max(0, this.windowNanos / 1e6) },
        topologies,
        templates,
        dns: this.misnamedDns.size > 0 ? this.misnamedDns : this.dns,
        sampling: this.sampling.total === 0 ? new Map() : new Map([['scope', this.sampling]]),
        plugins: new Map(this.plugins.map((plugin) => [plugin.id, plugin])),
      }),
      startedAt,
      windowNanos: this.windowNanos,
      kind: this.#kind(halfKnown.size > 0),
      halfKnown,
    };
  }

  /** A probe names all topologies in each report, and in a delta says of none how it looks. */
  #kind(hasHalfKnown: boolean): ScopeReportKind {
    if (this.shortcut) return 'shortcut';
    const looks = scopeTopologies.map(([, name]) => this.#topologies.get(name)?.templates);
    const silent = looks.every((t) => t !== undefined && t.shape === undefined && t.label === undefined);
    return hasHalfKnown || silent ? 'delta' : 'full';
  }
}
