import type { TopologyName } from '../ids/node-id.ts';
import { NONE, type Sym } from '../ids/symbol-table.ts';
import { factAt } from '../model/edge-facts.ts';
import type { NodeColumns } from '../model/node-columns.ts';
import { readNode } from '../model/node-reader.ts';
import type { Topology } from '../model/topology.ts';
import { TopologyBuilder } from '../model/topology-builder.ts';
import type { Hidden } from './policy-hidden.ts';
import type { Reference } from './policy-rules.ts';

/** What is done to an attribute: it is removed (its latest value, its set, its time series), or cut at the first space. */
export interface Redaction {
  /** Left out: of any topology. */
  readonly topology?: TopologyName;
  /** A key, or with `*` at the end all keys that begin so: `docker_env_*`. */
  readonly key: string;
  readonly how: 'remove' | 'first-word';
}

type Redact = (key: Sym) => Redaction['how'] | undefined;

/** What is taken out of a topology. */
export interface Removal {
  readonly hidden: Hidden;
  readonly redactions: readonly Redaction[];
  /** Keys whose values go unless the node that they speak of is visible. */
  readonly references: readonly Reference[];
  readonly isVisible: (topology: TopologyName, id: string) => boolean;
}

/** The topology without hidden nodes, without edges to them and parents that are hidden, and redacted; the same object when nothing goes. */
export function rewriteTopology(topology: Topology, removal: Removal): Topology {
  const { hidden } = removal;
  const redact = redactionOf(topology, removal.redactions);
  const refer = referralOf(topology, removal);
  if (!loses(topology, hidden, redact, refer)) return topology;
  const { symbols, open } = topology;
  const builder = new TopologyBuilder(topology.name, symbols, 0);
  const gone = hidden.ids.get(topology.name);
  for (let row = 0; row < topology.size; row++) {
    if (!hidden.keeps(topology, row)) continue;
    const out = builder.rowOfSymbol(topology.ids[row] as Sym);
    copyKnowledge(topology, row, builder, out, { hidden, redact, refer });
    if (open === undefined) continue;
    for (let e = open.start[row] as number; e < (open.start[row + 1] as number); e++) {
      const to = open.to[e] as Sym;
      if (gone?.has(to) === true) continue;
      builder.edgeSymbol(out, to);
      const { facts } = open;
      if (facts === undefined) continue;
      const end = facts.start[e + 1] as number;
      for (let f = facts.start[e] as number; f < end; f++) {
        builder.edgeSymbol(out, to, factAt(symbols, facts, f));
      }
    }
  }
  return builder.build();
}

/** Whether a value of a row may be told, as far as it speaks of another node. */
type Refer = (row: number, key: Sym, value: Sym) => boolean;

function referralOf(topology: Topology, { references, isVisible }: Removal): Refer {
  const own = new Map<Sym, Reference>();
  for (const reference of references) {
    const key = topology.symbols.find(reference.key);
    if (reference.topology === topology.name && key !== NONE) own.set(key, reference);
  }
  return (row, key, value) => {
    const reference = own.get(key);
    if (reference === undefined) return true;
    const text = topology.symbols.text(value);
    return isVisible(reference.to, reference.idOf?.(readNode(topology, row), text) ?? text);
  };
}

function redactionOf(topology: Topology, redactions: readonly Redaction[]): Redact {
  const own = redactions.filter((redaction) => (redaction.topology ?? topology.name) === topology.name);
  const known = new Map<Sym, Redaction['how'] | undefined>();
  return (key) => {
    if (own.length === 0 || known.has(key)) return known.get(key);
    const text = topology.symbols.text(key);
    const hows = own
      .filter((redaction) =>
        redaction.key.endsWith('*') ? text.startsWith(redaction.key.slice(0, -1)) : text === redaction.key,
      )
      .map(({ how }) => how);
    // Of two, the one that says less.
    const how = hows.includes('remove') ? 'remove' : hows[0];
    known.set(key, how);
    return how;
  };
}

function loses(topology: Topology, hidden: Hidden, redact: Redact, refer: Refer): boolean {
  if (hidden.ids.has(topology.name)) return true;
  const { latest, sets, metrics, parents } = topology.columns;
  const redacted = (keys: Int32Array): boolean => keys.some((key) => redact(key) !== undefined);
  if (redacted(latest.key) || redacted(sets.key) || redacted(metrics.key)) return true;
  if (parents.key.some((key, i) => isHidden(topology, hidden, key, parents.value[i] as Sym))) return true;
  for (let row = 0; row < topology.size; row++) {
    const at = topology.columnRowOf(row);
    if (at === NONE) continue;
    for (const { start, key, value } of [latest, sets]) {
      for (let e = start[at] as number; e < (start[at + 1] as number); e++) {
        if (!refer(row, key[e] as Sym, value[e] as Sym)) return true;
      }
    }
  }
  return false;
}

function isHidden({ symbols }: Topology, hidden: Hidden, kind: Sym, id: Sym): boolean {
  return hidden.ids.size > 0 && hidden.ids.get(symbols.text(kind))?.has(id) === true;
}

function copyKnowledge(
  topology: Topology,
  row: number,
  builder: TopologyBuilder,
  out: number,
  { hidden, redact, refer }: { readonly hidden: Hidden; readonly redact: Redact; readonly refer: Refer },
): void {
  const at = topology.columnRowOf(row);
  if (at === NONE) return;
  const { latest, sets, parents }: NodeColumns = topology.columns;
  for (let e = latest.start[at] as number; e < (latest.start[at + 1] as number); e++) {
    const key = latest.key[e] as Sym;
    const how = redact(key);
    const value = latest.value[e] as Sym;
    if (how === 'remove' || !refer(row, key, value)) continue;
    const told = how === undefined ? value : firstWord(topology, value);
    builder.setSymbol(out, key, told, latest.time[e] as number);
  }
  for (let e = sets.start[at] as number; e < (sets.start[at + 1] as number); e++) {
    const key = sets.key[e] as Sym;
    const how = redact(key);
    const value = sets.value[e] as Sym;
    if (how !== 'remove' && refer(row, key, value))
      builder.addSymbol(out, key, how === undefined ? value : firstWord(topology, value));
  }
  for (let e = parents.start[at] as number; e < (parents.start[at + 1] as number); e++) {
    const [kind, id] = [parents.key[e] as Sym, parents.value[e] as Sym];
    if (!isHidden(topology, hidden, kind, id)) builder.parentSymbol(out, kind, id);
  }
  copyMetrics(topology, at, builder, out, redact);
}

function copyMetrics(
  { columns: { metrics } }: Topology,
  at: number,
  builder: TopologyBuilder,
  out: number,
  redact: Redact,
): void {
  for (let s = metrics.start[at] as number; s < (metrics.start[at + 1] as number); s++) {
    const key = metrics.key[s] as Sym;
    if (redact(key) !== undefined) continue;
    builder.metricSymbol(out, key, metrics.min[s] as number, metrics.max[s] as number);
    for (let e = metrics.sampleStart[s] as number; e < (metrics.sampleStart[s + 1] as number); e++) {
      builder.sampleSymbol(metrics.time[e] as number, metrics.value[e] as number);
    }
  }
}

function firstWord({ symbols }: Topology, value: Sym): Sym {
  const text = symbols.text(value);
  const end = text.search(/\s/);
  return end < 0 ? value : symbols.intern(text.slice(0, end));
}
