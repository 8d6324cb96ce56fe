import {
  type EdgeFact,
  makeReport,
  type NodeId,
  reportToJson,
  SymbolTable,
  TopologyBuilder,
} from '@ridgeline/core';
import {
  type Cluster,
  type ClusterConnection,
  type ClusterProcess,
  churnCluster,
  makeCluster,
} from '@ridgeline/testkit';
import {
  containerId,
  containerKey,
  containerName,
  endpointId,
  hostId,
  hostName,
  hostNodeId,
  pid,
  processId,
  processName,
} from '@ridgeline/vocabulary';

/** What one looks at of a fleet. */
export interface FleetSize {
  readonly nodes: number;
  readonly connections: number;
  readonly hosts: number;
}

export const LARGE: FleetSize = { nodes: 10_000, connections: 30_000, hosts: 50 };
export const MIDDLING: FleetSize = { nodes: 500, connections: 1500, hosts: 10 };

/** A made-up fleet of processes, each in a container of its own, and connections among them. */
export function makeFleet({ nodes, connections, hosts }: FleetSize): Cluster {
  return makeCluster({
    seed: 11,
    hosts,
    containersPerHost: nodes / hosts,
    processesPerContainer: 1,
    connections,
  });
}

/** The fleet a little later: 1 % of its connections are others, and at least one process was started anew. */
export function laterFleet(fleet: Cluster): Cluster {
  const later = churnCluster(fleet, 0.01);
  if (newcomers(fleet, later).length > 0) return later;
  const [{ client } = { client: 0 }] = later.connections;
  return {
    ...later,
    processes: later.processes.map((process, n) =>
      n === client ? { ...process, pid: process.pid + 100_000 } : process,
    ),
  };
}

/** The ids of processes with connections that were not there before. */
export function newcomers(before: Cluster, after: Cluster): readonly string[] {
  const connected = new Set(after.connections.flatMap(({ client, server }) => [client, server]));
  return after.processes.flatMap((process, n) =>
    connected.has(n) && before.processes[n]?.pid !== process.pid ? [processNodeId(process)] : [],
  );
}

function processNodeId({ host, pid: number }: ClusterProcess): NodeId {
  return processId.encode(nameOfHost(host), String(number));
}

function nameOfHost(host: number): string {
  return `node-${String(host + 1).padStart(2, '0')}`;
}

/** What a fleet's processes belong to: their hosts, or nothing that they could be grouped by. */
export type FleetOrder = 'by host' | 'without order';

/** The reports of the fleet's hosts as JSON, as they are posted. */
export function fleetReports(fleet: Cluster, order: FleetOrder = 'by host'): readonly string[] {
  // Not before any other report of the same host, and not in the past: the server would forget it.
  const at = Date.now();
  const hosts = Array.from({ length: fleet.shape.hosts }, (_, host) => new HostReport(host, order, at));
  for (const process of fleet.processes) hosts[process.host]?.addProcess(process);
  for (const connection of fleet.connections) {
    const client = fleet.processes[connection.client] as ClusterProcess;
    const server = fleet.processes[connection.server] as ClusterProcess;
    hosts[client.host]?.addConnection(client, server, connection);
  }
  return hosts.map((host) => host.finish());
}

class HostReport {
  readonly #order: FleetOrder;
  readonly #at: number;
  readonly #name: string;
  readonly #symbols: SymbolTable = new SymbolTable();
  readonly #hosts: TopologyBuilder;
  readonly #containers: TopologyBuilder;
  readonly #processes: TopologyBuilder;
  readonly #endpoints: TopologyBuilder;

  constructor(host: number, order: FleetOrder, at: number) {
    this.#order = order;
    this.#at = at;
    this.#name = nameOfHost(host);
    this.#hosts = new TopologyBuilder('host', this.#symbols, at);
    this.#containers = new TopologyBuilder('container', this.#symbols, at);
    this.#processes = new TopologyBuilder('process', this.#symbols, at);
    this.#endpoints = new TopologyBuilder('endpoint', this.#symbols, at);
    if (order === 'without order') return;
    const row = this.#hosts.row(this.#host);
    this.#hosts.set(row, hostName, this.#name);
    this.#hosts.set(row, hostNodeId, this.#host);
  }

  get #host(): NodeId {
    return hostId.encode(this.#name);
  }

  addProcess(process: ClusterProcess): void {
    const row = this.#processes.row(processNodeId(process));
    this.#processes.set(row, pid, String(process.pid));
    this.#processes.set(row, processName, `${process.name}-${process.pid}`);
    const endpoint = this.#endpoints.row(endpointId.encode('', process.address, String(process.port)));
    this.#own(endpoint, process);
    if (this.#order === 'without order') return;
    const container = this.#containers.row(containerId.encode(process.container));
    this.#containers.set(container, containerKey, process.container);
    this.#containers.set(container, containerName, `${process.name}-${process.container.slice(-4)}`);
    this.#containers.set(container, hostNodeId, this.#host);
    this.#containers.parent(container, 'host', this.#host);
    this.#processes.set(row, containerKey, process.container);
    this.#processes.set(row, hostNodeId, this.#host);
    this.#processes.parent(row, 'host', this.#host);
  }

  addConnection(client: ClusterProcess, server: ClusterProcess, { clientPort }: ClusterConnection): void {
    const fact: EdgeFact = {
      source: 'fleet',
      firstSeen: this.#at - 60_000,
      lastSeen: this.#at,
      connections: 1,
      bytesOut: clientPort,
      bytesIn: 0,
      guessed: false,
    };
    const row = this.#endpoints.row(endpointId.encode('', client.address, String(clientPort)));
    this.#own(row, client);
    this.#endpoints.edge(row, endpointId.encode('', server.address, String(server.port)), fact);
  }

  finish(): string {
    const report = makeReport({
      symbols: this.#symbols,
      origin: { source: 'fleet', host: this.#name },
      window: { from: this.#at - 1000, to: this.#at },
      topologies: [this.#hosts, this.#containers, this.#processes, this.#endpoints].map((table) =>
        table.build(),
      ),
    });
    return JSON.stringify(reportToJson(report));
  }

  #own(row: number, process: ClusterProcess): void {
    this.#endpoints.set(row, pid, String(process.pid));
    this.#endpoints.set(row, hostNodeId, this.#host);
  }
}
