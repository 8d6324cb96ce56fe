import {
  type EdgeFact,
  makeReport,
  type NodeId,
  type Report,
  type SymbolTable,
  TopologyBuilder,
} from '@ridgeline/core';
import {
  containerId,
  containerKey,
  endpointId,
  hostId,
  hostNodeId,
  pid,
  processId,
  processName,
} from '@ridgeline/vocabulary';
import type { Cluster, ClusterConnection, ClusterProcess } from './cluster.ts';

const SOURCE = 'cluster';
const INTERVAL_MILLIS = 1000;

/**
 * What a source on each host of a cluster would report: its processes, its containers, and the endpoints of its own
 * processes; so an edge leads into the report of the server's host.
 */
export function clusterReports(cluster: Cluster, symbols: SymbolTable): readonly Report[] {
  const now = (cluster.age + 1) * INTERVAL_MILLIS;
  const hosts = Array.from({ length: cluster.shape.hosts }, (_, host) => new HostReport(host, symbols, now));
  for (const process of cluster.processes) hosts[process.host]?.addProcess(process);
  for (const connection of cluster.connections) {
    const client = cluster.processes[connection.client] as ClusterProcess;
    const server = cluster.processes[connection.server] as ClusterProcess;
    const from = endpointId.encode('', client.address, String(connection.clientPort));
    const to = endpointId.encode('', server.address, String(server.port));
    hosts[client.host]?.addConnection(from, to, client, connection);
    hosts[server.host]?.addEndpoint(to, server);
  }
  return hosts.map((host) => host.finish());
}

class HostReport {
  readonly #symbols: SymbolTable;
  readonly #name: string;
  readonly #now: number;
  readonly #endpoints: TopologyBuilder;
  readonly #processes: TopologyBuilder;
  readonly #containers: TopologyBuilder;
  readonly #attributed = new Set<number>();

  constructor(host: number, symbols: SymbolTable, now: number) {
    this.#symbols = symbols;
    this.#name = `host-${host}`;
    this.#now = now;
    this.#endpoints = new TopologyBuilder('endpoint', symbols, now);
    this.#processes = new TopologyBuilder('process', symbols, now);
    this.#containers = new TopologyBuilder('container', symbols, now);
  }

  addProcess(process: ClusterProcess): void {
    const row = this.#processes.row(processId.encode(this.#name, String(process.pid)));
    this.#processes.set(row, processName, process.name);
    this.#processes.set(row, pid, String(process.pid));
    this.#processes.set(row, containerKey, process.container);
    this.#containers.row(containerId.encode(process.container));
  }

  addConnection(from: NodeId, to: NodeId, client: ClusterProcess, { clientPort }: ClusterConnection): void {
    const fact: EdgeFact = {
      source: SOURCE,
      firstSeen: this.#now,
      lastSeen: this.#now,
      connections: 1,
      bytesOut: clientPort,
      bytesIn: 0,
      guessed: false,
    };
    this.#endpoints.edge(this.addEndpoint(from, client), to, fact);
  }

  addEndpoint(id: NodeId, process: ClusterProcess): number {
    const row = this.#endpoints.row(id);
    if (this.#attributed.has(row)) return row;
    this.#attributed.add(row);
    this.#endpoints.set(row, pid, String(process.pid));
    this.#endpoints.set(row, hostNodeId, hostId.encode(this.#name));
    return row;
  }

  finish(): Report {
    return makeReport({
      origin: { source: SOURCE, host: this.#name },
      symbols: this.#symbols,
      window: { from: this.#now - INTERVAL_MILLIS, to: this.#now },
      topologies: [this.#endpoints, this.#processes, this.#containers].map((builder) => builder.build()),
    });
  }
}
