import {
  type Attribute,
  asNodeId,
  type EdgeFact,
  makeReport,
  type NodeId,
  numberAttribute,
  type Report,
  type SymbolTable,
  TopologyBuilder,
  textAttribute,
} from '@ridgeline/core';
import type { Cluster, ClusterConnection, ClusterProcess } from './cluster.ts';

/** What is written of endpoints and processes of a made-up cluster; keys as those of the vocabulary. */
export const clusterAttributes: {
  readonly pid: Attribute<number>;
  readonly host: Attribute<string>;
  readonly name: Attribute<string>;
  readonly container: Attribute<string>;
} = Object.freeze({
  pid: numberAttribute('pid'),
  host: textAttribute('host_node_id'),
  name: textAttribute('name'),
  container: textAttribute('docker_container_id'),
});

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
    const from = asNodeId(`;${client.address};${connection.clientPort}`);
    const to = asNodeId(`;${server.address};${server.port}`);
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
    const row = this.#processes.row(asNodeId(`${this.#name};${process.pid}`));
    this.#processes.set(row, clusterAttributes.name, process.name);
    this.#processes.set(row, clusterAttributes.pid, process.pid);
    this.#processes.set(row, clusterAttributes.container, process.container);
    this.#containers.row(asNodeId(`${process.container};<container>`));
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
    this.#endpoints.set(row, clusterAttributes.pid, process.pid);
    this.#endpoints.set(row, clusterAttributes.host, this.#name);
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
