/**
 * The connection tables of a node: to which nodes it talks, by port, and how often.
 *
 * The connections are those of endpoints: an edge from an endpoint that is a member of one node to an endpoint that is
 * a member of another. A translated connection is reported from both of its sides; what is a copy of another endpoint
 * counts as that one, so it is counted once (RULES.md §8).
 */
import type { NodeId } from '../ids/node-id.ts';
import { isInternet } from '../ids/pseudo-id.ts';
import { NONE, type Sym } from '../ids/symbol-table.ts';
import { hasEdge } from '../model/adjacency.ts';
import { readNode } from '../model/node-reader.ts';
import type { DnsNames, Report } from '../model/report.ts';
import type { Row, Topology } from '../model/topology.ts';
import type { Definitions } from './definitions.ts';

/** The topology of the ends of connections. */
export const ENDPOINT = 'endpoint';
/** Names the endpoint that this one is a translation of. */
const COPY_KEY = 'copy_of';
/** How many equal connections an endpoint stands for. */
const COUNT_KEY = 'conn_count';

/** Connections with one other node, to one port. */
export interface ConnectionRow {
  readonly id: string;
  readonly node: NodeId;
  /** The name of the other node; of the Internet, the address that is talked to. */
  readonly label: string;
  readonly labelMinor?: string;
  /** For the Internet: which of its addresses. */
  readonly remote?: string;
  /** The port of the side that was connected to. */
  readonly port: string;
  readonly count: number;
}

/** Where a connection table is read from. */
export interface ConnectionScope {
  /** The nodes that are shown. */
  readonly shown: Topology;
  /** The topology and row of the node itself, which may be hidden. */
  readonly topology: Topology;
  readonly row: Row;
  readonly report: Report;
  readonly definitions: Definitions;
}

/** The connections that others opened to the node, by row id. */
export function incomingConnections(scope: ConnectionScope): readonly ConnectionRow[] {
  const table = new ConnectionTable(scope);
  const own = new Set(table.endpointsOf(scope.topology, scope.row));
  for (const { topology, row } of sources(scope)) {
    for (const source of table.endpointsOf(topology, row)) {
      for (const target of table.edgesOf(source)) {
        if (own.has(target)) table.add(topology, row, source, target, 'incoming');
      }
    }
  }
  return table.rows();
}

/** The connections that the node opened to others, by row id. */
export function outgoingConnections(scope: ConnectionScope): readonly ConnectionRow[] {
  const table = new ConnectionTable(scope);
  const own = table.endpointsOf(scope.topology, scope.row);
  for (const { topology, row } of targets(scope)) {
    const theirs = new Set(table.endpointsOf(topology, row));
    for (const source of own) {
      for (const target of table.edgesOf(source)) {
        if (theirs.has(target)) table.add(topology, row, source, target, 'outgoing');
      }
    }
  }
  return table.rows();
}

interface Place {
  readonly topology: Topology;
  readonly row: Row;
}

/** The shown nodes with an edge to the node, ascending by id. */
function sources({ shown, topology, row }: ConnectionScope): readonly Place[] {
  const at = shown.rowOfSymbol(topology.ids[row] as Sym);
  const places: Place[] = [];
  for (let other = 0; other < shown.size; other++) {
    if (at !== NONE && hasEdge(shown.out, other, at)) places.push({ topology: shown, row: other });
  }
  if (at === NONE && hasEdge(topology.out, row, row)) places.push({ topology, row });
  return sortById(places);
}

/** The shown nodes that the node has an edge to, ascending by id. */
function targets({ shown, topology, row }: ConnectionScope): readonly Place[] {
  const places: Place[] = [];
  const { start, to } = topology.out;
  const end = start[row + 1] as number;
  for (let e = start[row] as number; e < end; e++) {
    const target = to[e] as Row;
    const at = shown.rowOfSymbol(topology.ids[target] as Sym);
    if (at !== NONE) places.push({ topology: shown, row: at });
    else if (target === row) places.push({ topology, row });
  }
  return sortById(places);
}

function sortById(places: Place[]): readonly Place[] {
  return places.sort((a, b) => (a.topology.idOf(a.row) < b.topology.idOf(b.row) ? -1 : 1));
}

class ConnectionTable {
  readonly #scope: ConnectionScope;
  readonly #endpoints: Topology | undefined;
  readonly #isInternet: boolean;
  readonly #counted = new Set<string>();
  readonly #rows = new Map<string, ConnectionRow>();

  constructor(scope: ConnectionScope) {
    this.#scope = scope;
    this.#endpoints = scope.report.topologies.get(ENDPOINT);
    this.#isInternet = isInternet(scope.topology.idOf(scope.row));
  }

  /** The reported endpoints that are members of a row, ascending by id. */
  endpointsOf(topology: Topology, row: Row): readonly Row[] {
    const endpoints = this.#endpoints;
    if (endpoints === undefined) return [];
    const { members } = topology;
    const found = new Set<Row>();
    const end = members.start[row + 1] as number;
    for (let m = members.start[row] as number; m < end; m++) {
      const from = members.tables[members.table[m] as number] as Topology;
      const at = members.row[m] as Row;
      if (from.kindOf(at) !== ENDPOINT) continue;
      const reported = endpoints.rowOfSymbol(from.ids[at] as Sym);
      if (reported !== NONE) found.add(reported);
    }
    return this.#byId([...found]);
  }

  /** The endpoints that an endpoint has an edge to, ascending by id. */
  edgesOf(endpoint: Row): readonly Row[] {
    const { out } = this.#endpoints as Topology;
    return this.#byId([...out.to.subarray(out.start[endpoint] as number, out.start[endpoint + 1] as number)]);
  }

  #byId(rows: Row[]): readonly Row[] {
    const { symbols, ids } = this.#endpoints as Topology;
    return rows.sort((a, b) => symbols.compare(ids[a] as Sym, ids[b] as Sym));
  }

  /** Counts the connection from `source` to `target`, of which one belongs to another node. */
  add(topology: Topology, row: Row, source: Row, target: Row, direction: 'incoming' | 'outgoing'): void {
    const endpoints = this.#endpoints as Topology;
    const from = readNode(endpoints, source);
    const key = from.raw(COPY_KEY) ?? from.id;
    const destination = this.#original(target);
    const address = destination === undefined ? undefined : parseEndpoint(destination);
    if (this.#counted.has(key) || address === undefined) return;
    this.#counted.add(key);
    const own = direction === 'incoming' ? address : parseEndpoint(from.id);
    const other = direction === 'incoming' ? parseEndpoint(from.id) : address;
    const otherNode = readNode(topology, row);
    const remote = isInternet(otherNode.id) ? this.#nameOf(other?.address) : '';
    const local = this.#isInternet ? this.#nameOf(own?.address) : '';
    const id = `${otherNode.id}-${remote}-${local}-${address.port}`;
    const known = this.#rows.get(id);
    const count = connectionCount(from.raw(COUNT_KEY)) + (known?.count ?? 0);
    if (known !== undefined) {
      this.#rows.set(id, { ...known, count });
      return;
    }
    const look = this.#scope.definitions.appearance(otherNode, this.#scope.report);
    this.#rows.set(id, {
      id,
      node: otherNode.id,
      ...(remote === '' ? { label: look.label, labelMinor: look.labelMinor } : { label: remote }),
      ...(this.#isInternet ? { remote: local } : {}),
      port: address.port,
      count,
    });
  }

  rows(): readonly ConnectionRow[] {
    return [...this.#rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** The id of an endpoint, or of the one that it is a copy of; `undefined` when that is not reported. */
  #original(endpoint: Row): string | undefined {
    const endpoints = this.#endpoints as Topology;
    const node = readNode(endpoints, endpoint);
    const copyOf = node.raw(COPY_KEY);
    if (copyOf === undefined) return node.id;
    return endpoints.rowOf(copyOf) === undefined ? undefined : copyOf;
  }

  #nameOf(address = ''): string {
    const names: DnsNames | undefined = this.#scope.report.dns.get(address);
    const name = names?.forward[0] ?? names?.reverse[0];
    return name === undefined ? address : `${name} (${address})`;
  }
}

function connectionCount(text: string | undefined): number {
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : 1;
}

/** The address and port in the id of an endpoint (`scope;address;port`, of UDP with `;udp`). */
function parseEndpoint(id: string): { readonly address: string; readonly port: string } | undefined {
  const [scope, address, ...rest] = id.split(';');
  if (scope === undefined || address === undefined || rest.length === 0) return undefined;
  return { address, port: rest.at(-1) === 'udp' ? `${rest.slice(0, -1).join(';')}/udp` : rest.join(';') };
}
