import {
  custom,
  type LatestColumns,
  NONE,
  NodeColumns,
  type OpenEdges,
  type Plan,
  type Row,
  type Sym,
  select,
  Topology,
} from '@ridgeline/core';
import { hostNodeId, pid } from '../attributes/common.ts';
import { boundAt, copiesOf, copyOf } from '../attributes/endpoint.ts';

/** A copy of a copy of a copy … : each translation on the way adds one. More than that is a circle. */
const MOST_COPIES = 8;

/**
 * The endpoints with their address translations undone, so that both ends' views of a connection join (semantics.md §2):
 *
 * - An endpoint that is a copy of another (`copy_of`), and whose process nobody reports, belongs to the process of the original. One
 *   that already has a process keeps it: so have all copies in foreign reports.
 * - An endpoint of which only the socket behind it is known (`bound_at`) belongs to the process of that socket.
 * - An endpoint that stands for several by turns (`copies_of`) loses the edges of those clients of which it is known which of them
 *   they got.
 *
 * Without translations it is the reported topology itself, the same object. Edges keep their evidence.
 */
export const translatedEndpoints: Plan = custom('translated endpoints', [select('endpoint')], ([endpoints]) =>
  undoTranslations(endpoints as Topology),
);

/** As {@link translatedEndpoints}, for one topology. */
export function undoTranslations(endpoints: Topology): Topology {
  const latest = inheritOwners(endpoints);
  const open = cutSuperseded(endpoints);
  if (latest === undefined && open === undefined) return endpoints;
  const { name, symbols, ids, columns } = endpoints;
  return new Topology({
    name,
    symbols,
    ids,
    columns:
      latest === undefined
        ? columns
        : new NodeColumns(columns.rows, latest, columns.sets, columns.parents, columns.metrics),
    ...(open !== undefined
      ? { open }
      : endpoints.open !== undefined
        ? { open: endpoints.open }
        : { out: endpoints.out }),
  });
}

interface Owner {
  readonly host: Sym;
  readonly pid: Sym;
}

/** The latest values in which copies have the owners of their originals; `undefined` when none gains one. */
function inheritOwners(endpoints: Topology): LatestColumns | undefined {
  const { symbols, size } = endpoints;
  const isThere = symbols.find(copyOf.key) !== NONE || symbols.find(boundAt.key) !== NONE;
  // Rows of a report are described by columns of their own; what a plan made of them is not looked at.
  if (!isThere || endpoints.columnRow !== undefined) return undefined;
  const hosts = endpoints.column(hostNodeId.key);
  const pids = endpoints.column(pid.key);
  const ways: Ways = {
    pids,
    originals: endpoints.column(copyOf.key),
    sockets: endpoints.column(boundAt.key),
  };
  const gained = new Map<Row, Owner>();
  for (let row = 0; row < size; row++) {
    if (pids[row] !== NONE) continue;
    const original = followCopies(endpoints, ways, row);
    if (original === NONE) continue;
    const owner = { host: hosts[original] as Sym, pid: pids[original] as Sym };
    // A host alone is worth having only for an endpoint that would else be taken for one of the Internet.
    if (owner.host === NONE || (owner.pid === NONE && hosts[row] !== NONE)) continue;
    gained.set(row, owner);
  }
  if (gained.size === 0) return undefined;
  return withOwners(endpoints.columns.latest, gained, {
    host: symbols.intern(hostNodeId.key),
    pid: symbols.intern(pid.key),
  });
}

/** By row, as symbols. */
interface Ways {
  readonly pids: Int32Array;
  readonly originals: Int32Array;
  readonly sockets: Int32Array;
}

/** The row at the end of a chain of copies, or the first on it whose process is known; {@link NONE} when there is none but its own. */
function followCopies(endpoints: Topology, ways: Ways, from: Row): Row {
  let row: Row = from;
  for (let hops = 0; hops < MOST_COPIES; hops++) {
    const next = nextRow(endpoints, ways, row);
    if (next === NONE) return row === from ? NONE : row;
    row = next;
    if (ways.pids[row] !== NONE) return row;
  }
  return NONE;
}

function nextRow(endpoints: Topology, { originals, sockets }: Ways, row: Row): Row {
  const original = originals[row] as Sym;
  if (original !== NONE) return endpoints.rowOfSymbol(original);
  const socket = sockets[row] as Sym;
  if (socket === NONE) return NONE;
  const bound = endpoints.rowOfSymbol(socket);
  if (bound !== NONE) return bound;
  // A socket of IPv6 that is bound to any address takes IPv4 as well (ipv6(7), IPV6_V6ONLY).
  const both = endpoints.symbols.find(endpoints.symbols.text(socket).replace(';0.0.0.0;', ';::;'));
  return both === NONE ? NONE : endpoints.rowOfSymbol(both);
}

/** The values of all rows, with the owners of some replaced; rows stay sorted by key. */
function withOwners(latest: LatestColumns, owners: ReadonlyMap<Row, Owner>, keys: Owner): LatestColumns {
  const rows = latest.start.length - 1;
  const start = new Uint32Array(rows + 1);
  const most = latest.key.length + 2 * owners.size;
  const key = new Int32Array(most);
  const value = new Int32Array(most);
  const time = new Int32Array(most);
  let end = 0;
  const put = (k: number, v: number, t: number): void => {
    key[end] = k;
    value[end] = v;
    time[end++] = t;
  };
  for (let row = 0; row < rows; row++) {
    const first = latest.start[row] as number;
    const last = latest.start[row + 1] as number;
    const owner = owners.get(row);
    // Every copy has at least the value that says so: its time will do for what follows from it.
    const at = latest.time[first] as number;
    const added: readonly (readonly [number, number])[] =
      owner === undefined
        ? []
        : [[keys.host, owner.host] as const, [keys.pid, owner.pid] as const]
            .filter(([, symbol]) => symbol !== NONE)
            .sort(([a], [b]) => a - b);
    let next = 0;
    for (let i = first; i < last; i++) {
      const own = latest.key[i] as number;
      for (let pair = added[next]; pair !== undefined && pair[0] < own; pair = added[++next])
        put(pair[0], pair[1], at);
      if (added[next]?.[0] === own) continue; // replaced: put in its place by the next key, or at the end
      put(own, latest.value[i] as number, latest.time[i] as number);
    }
    for (let pair = added[next]; pair !== undefined; pair = added[++next]) put(pair[0], pair[1], at);
    start[row + 1] = end;
  }
  return { start, key: key.slice(0, end), value: value.slice(0, end), time: time.slice(0, end) };
}

/** The edges without those to an address that stands for several, where one of these is reached as well; `undefined` for no change. */
function cutSuperseded(endpoints: Topology): OpenEdges | undefined {
  const { symbols, open } = endpoints;
  const key = symbols.find(copiesOf.key);
  if (key === NONE || open === undefined) return undefined;
  const originalsOf = new Map<Sym, ReadonlySet<Sym>>();
  const { sets } = endpoints.columns;
  for (let row = 0; row < endpoints.size; row++) {
    let of: Set<Sym> | undefined;
    const at = endpoints.columnRowOf(row);
    if (at === NONE) continue;
    const last = sets.start[at + 1] as number;
    for (let i = sets.start[at] as number; i < last; i++) {
      if (sets.key[i] !== key) continue;
      of ??= new Set();
      of.add(sets.value[i] as Sym);
    }
    if (of !== undefined) originalsOf.set(endpoints.ids[row] as Sym, of);
  }
  if (originalsOf.size === 0) return undefined;
  const kept: number[] = [];
  const start = new Uint32Array(open.start.length);
  for (let row = 0; row + 1 < start.length; row++) {
    const first = open.start[row] as number;
    const last = open.start[row + 1] as number;
    const targets = open.to.subarray(first, last);
    for (let e = first; e < last; e++) {
      const of = originalsOf.get(open.to[e] as Sym);
      if (of === undefined || !targets.some((target) => of.has(target))) kept.push(e);
    }
    start[row + 1] = kept.length;
  }
  return kept.length === open.to.length ? undefined : takeEdges(open, start, kept);
}

function takeEdges(open: OpenEdges, start: Uint32Array, kept: readonly number[]): OpenEdges {
  const to = Int32Array.from(kept, (e) => open.to[e] as number);
  const { facts } = open;
  if (facts === undefined) return { start, to, facts };
  const factStart = new Uint32Array(kept.length + 1);
  const rows: number[] = [];
  for (const [index, e] of kept.entries()) {
    const last = facts.start[e + 1] as number;
    for (let fact = facts.start[e] as number; fact < last; fact++) rows.push(fact);
    factStart[index + 1] = rows.length;
  }
  const floats = (column: Float64Array): Float64Array =>
    Float64Array.from(rows, (fact) => column[fact] as number);
  return {
    start,
    to,
    facts: {
      start: factStart,
      source: Int32Array.from(rows, (fact) => facts.source[fact] as number),
      firstSeen: floats(facts.firstSeen),
      lastSeen: floats(facts.lastSeen),
      connections: floats(facts.connections),
      bytesOut: floats(facts.bytesOut),
      bytesIn: floats(facts.bytesIn),
      guessed: Uint8Array.from(rows, (fact) => facts.guessed[fact] as number),
    },
  };
}
