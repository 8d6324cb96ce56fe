import { type Random, seededRandom } from './random.ts';

/** How large a made-up cluster is, and how it changes. */
export interface ClusterShape {
  readonly seed: number;
  readonly hosts: number;
  readonly containersPerHost: number;
  readonly processesPerContainer: number;
  /** Listening endpoints aside, each connection is two endpoints and an edge. */
  readonly connections: number;
}

/** A process of a cluster; it listens on one port. */
export interface ClusterProcess {
  readonly host: number;
  readonly pid: number;
  readonly name: string;
  readonly container: string;
  readonly address: string;
  readonly port: number;
}

/** A connection between two processes: `client` and `server` are their indices. */
export interface ClusterConnection {
  readonly client: number;
  readonly server: number;
  readonly clientPort: number;
}

/** A made-up cluster at one instant. */
export interface Cluster {
  readonly shape: ClusterShape;
  /** How many steps of churn made it. */
  readonly age: number;
  readonly processes: readonly ClusterProcess[];
  readonly connections: readonly ClusterConnection[];
}

const NAMES = ['nginx', 'postgres', 'redis', 'api', 'worker', 'cart', 'search', 'billing'] as const;
const FIRST_EPHEMERAL_PORT = 32_768;
const EPHEMERAL_PORTS = 28_232;

/** A made-up cluster: hosts × containers × processes, and connections between any two processes. */
export function makeCluster(shape: ClusterShape): Cluster {
  const random = seededRandom(shape.seed);
  const processes: ClusterProcess[] = [];
  for (let host = 0; host < shape.hosts; host++) {
    for (let c = 0; c < shape.containersPerHost; c++) {
      for (let p = 0; p < shape.processesPerContainer; p++) processes.push(makeProcess(host, c, p, random));
    }
  }
  const connections = Array.from({ length: shape.connections }, () => connect(processes.length, random));
  return { shape, age: 0, processes, connections };
}

/**
 * The cluster one interval later: some connections are closed and others opened, from ports not used before, and some
 * processes are started anew with another pid.
 *
 * @param share - which part of all connections (and a tenth of it of all processes) is replaced, 0..1
 */
export function churnCluster(cluster: Cluster, share: number): Cluster {
  const { shape } = cluster;
  const age = cluster.age + 1;
  const random = seededRandom(shape.seed + age * 7919);
  const processes = [...cluster.processes];
  for (let n = Math.floor((processes.length * share) / 10); n > 0; n--) {
    const at = random.below(processes.length);
    const old = processes[at] as ClusterProcess;
    processes[at] = { ...old, pid: old.pid + 100_000 };
  }
  const connections = [...cluster.connections];
  for (let n = Math.floor(connections.length * share); n > 0; n--) {
    connections[random.below(connections.length)] = connect(processes.length, random);
  }
  return { shape, age, processes, connections };
}

function makeProcess(host: number, c: number, p: number, random: Random): ClusterProcess {
  return {
    host,
    pid: 1000 + c * 100 + p,
    name: random.of(NAMES),
    container: `${hex(host)}${hex(c)}${hex(random.below(0x10000))}`,
    address: `10.${host >> 8}.${host & 255}.${(c % 250) + 2}`,
    port: 8000 + p,
  };
}

function connect(processes: number, random: Random): ClusterConnection {
  return {
    client: random.below(processes),
    server: random.below(processes),
    clientPort: FIRST_EPHEMERAL_PORT + random.below(EPHEMERAL_PORTS),
  };
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
