import {
  makeReport,
  NONE,
  type Report,
  type Row,
  type Sym,
  type Topology,
  TopologyBuilder,
  type TopologyName,
  type TopologyTemplates,
} from '@ridgeline/core';
import type { ScopeReport } from '../wire/scope-report.ts';

/**
 * What a probe sends instead of `next` when `full` was its last full report (WIRE.md §1.6): how topologies look is left
 * out, and so are nodes that add nothing; a node that is in `full` keeps the sections that changed, and its metrics.
 * Merged onto `full` it gives `next` and what is only in `full`. Its window is what `next` covers beyond `full`.
 *
 * @param full - of the same symbol table as `next`
 */
export function deltaReport(full: ScopeReport, next: ScopeReport): ScopeReport {
  const topologies: Topology[] = [];
  const halfKnown = new Map<TopologyName, ReadonlySet<Sym>>();
  const templates = new Map<TopologyName, TopologyTemplates>();
  for (const [name, topology] of next.report.topologies) {
    const delta = subtract(full.report.topologies.get(name), topology);
    if (delta.topology.size > 0) topologies.push(delta.topology);
    if (delta.halfKnown.size > 0) halfKnown.set(name, delta.halfKnown);
  }
  for (const [name, { controls }] of next.report.templates) {
    if (controls.length > 0) templates.set(name, { metadata: [], metrics: [], tables: [], controls });
  }
  const report: Report = makeReport({ ...next.report, topologies, templates });
  return { ...next, windowNanos: next.windowNanos - full.windowNanos, report, kind: 'delta', halfKnown };
}

function subtract(
  base: Topology | undefined,
  next: Topology,
): { readonly topology: Topology; readonly halfKnown: ReadonlySet<Sym> } {
  const builder = new TopologyBuilder(next.name, next.symbols, 0);
  const halfKnown = new Set<Sym>();
  for (let row = 0; row < next.size; row++) {
    const id = next.ids[row] as Sym;
    const known = base?.rowOfSymbol(id) ?? NONE;
    const before = known === NONE ? undefined : new NodeSections(base as Topology, known);
    const after = new NodeSections(next, row);
    if (before !== undefined && after.addsNothingTo(before)) continue;
    if (before !== undefined) halfKnown.add(id);
    after.copyChanges(before, builder, builder.rowOfSymbol(id));
  }
  return { topology: builder.build(), halfKnown };
}

type Entry = readonly [key: Sym, value: Sym, time: number];
type Section = 'latest' | 'sets' | 'parents';

const SECTIONS: readonly Section[] = ['latest', 'sets', 'parents'];

/** The sections of one node, each all or nothing in a delta. */
class NodeSections {
  readonly #topology: Topology;
  readonly #row: Row;

  constructor(topology: Topology, row: Row) {
    this.#topology = topology;
    this.#row = row;
  }

  /** Whether each section is empty, or as it was; metrics always say something. */
  addsNothingTo(before: NodeSections): boolean {
    const { start } = this.#topology.columns.metrics;
    if (start[this.#row] !== start[this.#row + 1]) return false;
    return this.#sameEdges(before) && SECTIONS.every((section) => this.#same(before, section));
  }

  /** Writes the sections that are not as they were; all of them for a new node. */
  copyChanges(before: NodeSections | undefined, builder: TopologyBuilder, row: Row): void {
    if (before === undefined || !this.#sameEdges(before)) {
      for (const to of this.#edges()) builder.edgeSymbol(row, to);
    }
    for (const section of SECTIONS) {
      if (before !== undefined && this.#same(before, section)) continue;
      for (const [key, value, time] of this.#entries(section)) {
        if (section === 'latest') builder.setSymbol(row, key, value, time);
        else if (section === 'sets') builder.addSymbol(row, key, value);
        else builder.parentSymbol(row, key, value);
      }
    }
    this.#copyMetrics(builder, row);
  }

  /** Times of latest values do not count: a value that is only newer is no change. */
  #same(before: NodeSections, section: Section): boolean {
    const mine = this.#entries(section);
    const theirs = before.#entries(section);
    return (
      mine.length === theirs.length &&
      mine.every(([key, value], i) => key === theirs[i]?.[0] && value === theirs[i]?.[1])
    );
  }

  #sameEdges(before: NodeSections): boolean {
    const mine = this.#edges();
    const theirs = before.#edges();
    return mine.length === theirs.length && mine.every((to, i) => to === theirs[i]);
  }

  #edges(): Int32Array {
    const { open } = this.#topology;
    if (open === undefined) return new Int32Array(0);
    return open.to.subarray(open.start[this.#row] as number, open.start[this.#row + 1] as number);
  }

  /** Ascending by key and value. */
  #entries(section: Section): readonly Entry[] {
    const { latest, sets, parents } = this.#topology.columns;
    const columns = section === 'latest' ? latest : section === 'sets' ? sets : parents;
    const entries: Entry[] = [];
    const end = columns.start[this.#row + 1] as number;
    for (let i = columns.start[this.#row] as number; i < end; i++) {
      const time = section === 'latest' ? (latest.time[i] as number) : NONE;
      entries.push([columns.key[i] as Sym, columns.value[i] as Sym, time]);
    }
    return entries;
  }

  #copyMetrics(builder: TopologyBuilder, row: Row): void {
    const { metrics } = this.#topology.columns;
    const end = metrics.start[this.#row + 1] as number;
    for (let s = metrics.start[this.#row] as number; s < end; s++) {
      builder.metricSymbol(row, metrics.key[s] as Sym, metrics.min[s] as number, metrics.max[s] as number);
      const last = metrics.sampleStart[s + 1] as number;
      for (let i = metrics.sampleStart[s] as number; i < last; i++) {
        builder.sampleSymbol(metrics.time[i] as number, metrics.value[i] as number);
      }
    }
  }
}
