import {
  asNodeId,
  type EdgeFact,
  type Loss,
  type Millis,
  makeReport,
  type NodeId,
  type Report,
  type Sym,
  type SymbolTable,
  type Topology,
  TopologyBuilder,
} from '@ridgeline/core';
import {
  cgroup,
  connectionCount,
  containerIdOf,
  containerKey,
  type EndpointScopes,
  endpointPrefix,
  hostId,
  hostNodeId,
  networkNamespace,
  pid,
  processId,
  processName,
} from '@ridgeline/vocabulary';
import type { Connection } from './connection.ts';
import type { ThinnedConnection } from './thin-connections.ts';

/** The name of the source, in reports, facts and configuration. */
export const SOURCE_NAME = 'ebpf';

/** What a report is built from. */
export interface ReportInput {
  readonly host: string;
  readonly symbols: SymbolTable;
  readonly window: { readonly from: Millis; readonly to: Millis };
  readonly connections: readonly ThinnedConnection[];
  readonly scopes: EndpointScopes;
  /** Milliseconds to add to the monotonic clock for the wall clock. */
  readonly clockOffsetMillis: number;
  /** Path of a control group by its id, where it is known. */
  readonly cgroupPathOf: (id: number) => string | undefined;
  /** False when the pids of records are not those of this process's /proc: they are left out then. */
  readonly hasPids: boolean;
  readonly lost: readonly Loss[];
}

/**
 * Builds a report: an endpoint for each end, an edge from client to server for each connection, and a process for each pid.
 *
 * @remarks Processes carry the name they had when the connection was seen, dated so that what /proc tells later wins. Without them
 *   a process that came and went between two scans would own endpoints and not exist.
 */
export function buildReport(input: ReportInput): Report {
  const { symbols, window, lost } = input;
  return makeReport({
    symbols,
    window,
    topologies: [buildEndpoints(input), buildProcesses(input)],
    lost,
  });
}

function buildEndpoints(input: ReportInput): Topology {
  const { symbols, scopes, clockOffsetMillis, window } = input;
  const builder = new TopologyBuilder('endpoint', symbols, window.to);
  const ids = new EndpointIds(symbols);
  const hostKey = symbols.intern(hostNodeId.key);
  const hostValue = symbols.intern(hostNodeId.encode(hostId.encode(input.host)));
  const pidKey = symbols.intern(pid.key);
  const peers = indexPeers(input.connections);
  for (const thinned of input.connections) {
    const { connection } = thinned;
    const { networkNamespace: here, localAddress, remoteAddress } = connection;
    const there = scopes.locate(here, remoteAddress) ?? peers.namespaceOfPeer(connection);
    const local = ids.of(
      scopes.scopeOf(here, localAddress, here),
      localAddress,
      connection.localPort,
      connection,
    );
    const remote = ids.of(
      scopes.scopeOf(there, remoteAddress, here),
      remoteAddress,
      connection.remotePort,
      connection,
    );
    const localRow = builder.rowOfSymbol(local);
    const remoteRow = builder.rowOfSymbol(remote);
    builder.setSymbol(localRow, hostKey, hostValue);
    if (there !== undefined) builder.setSymbol(remoteRow, hostKey, hostValue);
    if (input.hasPids && connection.pid !== 0) {
      builder.setSymbol(localRow, pidKey, symbols.intern(String(connection.pid)));
    }
    if (thinned.count > 1) builder.set(localRow, connectionCount, thinned.count);
    const fact = factOf(thinned, clockOffsetMillis, window.to);
    if (connection.direction === 'out') builder.edgeSymbol(localRow, remote, fact);
    else builder.edgeSymbol(remoteRow, local, fact);
  }
  return builder.build();
}

/** Bytes count from the client to the server: what this end sent when it is the client. An open connection is seen now. */
function factOf(thinned: ThinnedConnection, offset: number, now: Millis): EdgeFact {
  const isOut = thinned.connection.direction === 'out';
  const isOpen = thinned.connection.closedMillis === undefined;
  return {
    source: SOURCE_NAME,
    firstSeen: thinned.firstSeenMillis + offset,
    lastSeen: isOpen ? now : thinned.lastSeenMillis + offset,
    connections: thinned.count,
    bytesOut: isOut ? thinned.sentBytes : thinned.receivedBytes,
    bytesIn: isOut ? thinned.receivedBytes : thinned.sentBytes,
    guessed: thinned.connection.isGuessed,
  };
}

function buildProcesses(input: ReportInput): Topology {
  const { symbols, host, clockOffsetMillis } = input;
  const builder = new TopologyBuilder('process', symbols, input.window.to);
  if (!input.hasPids) return builder.build();
  const hostNode = hostId.encode(host);
  const seen = new Set<number>();
  for (const { connection } of input.connections) {
    if (connection.pid === 0 || seen.has(connection.pid)) continue;
    seen.add(connection.pid);
    // To the second: every instant of a report is kept in its table of symbols.
    const at = Math.floor((connection.firstSeenMillis + clockOffsetMillis) / 1000) * 1000;
    const row = builder.row(processId.encode(host, String(connection.pid)));
    builder.set(row, pid, String(connection.pid), at);
    builder.set(row, processName, connection.command, at);
    builder.set(row, networkNamespace, String(connection.networkNamespace), at);
    builder.set(row, hostNodeId, hostNode, at);
    const path = input.cgroupPathOf(connection.cgroup);
    const container = path === undefined ? undefined : containerIdOf(path);
    if (path !== undefined) builder.set(row, cgroup, path, at);
    if (container !== undefined) builder.set(row, containerKey, container, at);
    builder.parent(row, 'host', hostNode);
  }
  return builder.build();
}

/** Makes symbols of endpoint ids, by parts that are made once an address. */
class EndpointIds {
  readonly #symbols: SymbolTable;
  readonly #prefixes = new Map<string, string>();

  constructor(symbols: SymbolTable) {
    this.#symbols = symbols;
  }

  of(scope: string, address: string, port: number, { protocol }: Connection): Sym {
    const key = `${scope} ${address}`;
    let prefix = this.#prefixes.get(key);
    if (prefix === undefined) {
      prefix = endpointPrefix(scope, address);
      this.#prefixes.set(key, prefix);
    }
    const id: NodeId = asNodeId(`${prefix}${port}${protocol === 'udp' ? ';udp' : ''}`);
    return this.#symbols.intern(id);
  }
}

/** Finds the namespace of the other end by the other end's own connection, where its address lives in several. */
function indexPeers(connections: readonly ThinnedConnection[]): {
  readonly namespaceOfPeer: (connection: Connection) => number | undefined;
} {
  let byEnds: Map<string, number | undefined> | undefined;
  const index = (): Map<string, number | undefined> => {
    const ends = new Map<string, number | undefined>();
    for (const { connection: c } of connections) {
      const key = `${c.protocol} ${c.localAddress} ${c.localPort} ${c.remoteAddress} ${c.remotePort}`;
      const isAmbiguous = ends.has(key) && ends.get(key) !== c.networkNamespace;
      ends.set(key, isAmbiguous ? undefined : c.networkNamespace);
    }
    return ends;
  };
  return {
    namespaceOfPeer: (c) => {
      byEnds ??= index();
      return byEnds.get(`${c.protocol} ${c.remoteAddress} ${c.remotePort} ${c.localAddress} ${c.localPort}`);
    },
  };
}
