import {
  asNodeId,
  type NodeId,
  type Sym,
  type SymbolTable,
  type Topology,
  TopologyBuilder,
} from '@ridgeline/core';
import { endpointPrefix, hostNodeId, listening, pid } from '@ridgeline/vocabulary';
import type { Connections } from './connections.ts';
import { hostScope, namespaceScope, noScope } from './endpoint-scope.ts';
import type { Scan } from './scan.ts';
import { udp } from './socket-table.ts';

/** What the endpoint topology is made of. */
export interface EndpointParts {
  readonly scan: Scan;
  readonly connections: Connections;
  /** By edge, wall clock: see `ConnectionAges`. */
  readonly firstSeen: Float64Array;
  readonly symbols: SymbolTable;
  /** The host's name, for scopes. */
  readonly host: string;
  /** The host's node. */
  readonly hostNode: NodeId;
  readonly source: string;
}

/**
 * The endpoint topology: a row for each end of a connection and each listening socket, an edge from client to server. Rows of
 * this machine's own endpoints name the host and, where known, the process. Yields every few hundred rows.
 */
export function* reportEndpoints(parts: EndpointParts): Generator<void, Topology, void> {
  const { scan, connections, symbols, hostNode } = parts;
  const { endpoints, edges } = connections;
  const builder = new TopologyBuilder('endpoint', symbols, scan.atMillis);
  const hostKey = symbols.intern(hostNodeId.key);
  const hostValue = symbols.intern(hostNodeId.encode(hostNode));
  const pidKey = symbols.intern(pid.key);
  const pids = scan.processes.map((process) => symbols.intern(String(process.pid)));
  const listeningKey = symbols.intern(listening.key);
  const listeningValue = symbols.intern('true');
  const ids = new EndpointIds(parts);
  const idOf = new Int32Array(endpoints.size);
  const rowOf = new Int32Array(endpoints.size);
  for (let endpoint = 0; endpoint < endpoints.size; endpoint++) {
    if (endpoint % 256 === 255) yield;
    const id = ids.of(endpoint);
    const row = builder.rowOfSymbol(id);
    idOf[endpoint] = id;
    rowOf[endpoint] = row;
    if ((endpoints.namespace[endpoint] as number) >= 0) builder.setSymbol(row, hostKey, hostValue);
    const owner = endpoints.owner[endpoint] as number;
    if (owner >= 0) builder.setSymbol(row, pidKey, pids[owner] as number);
    if (endpoints.listening[endpoint] === 1) builder.setSymbol(row, listeningKey, listeningValue);
  }
  for (let edge = 0; edge < edges.size; edge++) {
    if (edge % 256 === 255) yield;
    builder.edgeSymbol(
      rowOf[edges.client[edge] as number] as number,
      idOf[edges.server[edge] as number] as number,
      {
        source: parts.source,
        firstSeen: parts.firstSeen[edge] as number,
        lastSeen: scan.atMillis,
        connections: 1,
        bytesOut: 0,
        bytesIn: 0,
        guessed: edges.guessed[edge] === 1,
      },
    );
  }
  return builder.build();
}

/** Makes the ids of endpoints, `scope;address;port[;udp]`, by parts that are made once an address. */
class EndpointIds {
  private readonly parts: EndpointParts;
  private readonly prefixes = new Map<number, string>();

  constructor(parts: EndpointParts) {
    this.parts = parts;
  }

  of(endpoint: number): Sym {
    const { connections, symbols } = this.parts;
    const { endpoints } = connections;
    const scope = endpoints.scope[endpoint] as number;
    const address = endpoints.address[endpoint] as number;
    const key = scope * 2 ** 32 + address;
    let prefix = this.prefixes.get(key);
    if (prefix === undefined) {
      prefix = endpointPrefix(this.scopeText(scope), this.parts.scan.pool.text(address));
      this.prefixes.set(key, prefix);
    }
    const suffix = endpoints.transport[endpoint] === udp ? ';udp' : '';
    return symbols.intern(asNodeId(`${prefix}${endpoints.port[endpoint]}${suffix}`));
  }

  private scopeText(scope: number): string {
    const { host, scan } = this.parts;
    if (scope === noScope) return '';
    if (scope === hostScope) return host;
    return `${host}-${scan.namespaces[scope - namespaceScope]?.inode ?? 0}`;
  }
}
