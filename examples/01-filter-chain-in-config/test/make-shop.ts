import {
  type Millis,
  makeReport,
  type NodeId,
  type Report,
  reportToJson,
  SymbolTable,
  TopologyBuilder,
  textAttribute,
} from '@ridgeline/core';
import {
  containerId,
  containerKey,
  containerName,
  containerState,
  DOCKER_LABEL,
  endpointId,
  hostId,
  hostName,
  hostNodeId,
  imageKey,
  KUBERNETES_LABEL,
  kubernetesName,
  kubernetesNamespace,
  pid,
  processId,
  processName,
  serviceId,
} from '@ridgeline/vocabulary';

/** A container of the shop, with the one process in it. */
interface Container {
  readonly host: string;
  readonly address: string;
  readonly state?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

const containers: Readonly<Record<string, Container>> = {
  'web-1': { host: 'shop-1', address: '10.0.1.10', labels: { team: 'storefront' } },
  'web-2': { host: 'shop-2', address: '10.0.2.10', labels: { team: 'storefront' } },
  cart: { host: 'shop-1', address: '10.0.1.11', labels: { team: 'checkout' } },
  payments: { host: 'shop-2', address: '10.0.2.11', labels: { team: 'checkout', tier: 'gold' } },
  db: { host: 'shop-2', address: '10.0.2.12', labels: { team: 'platform' } },
  cache: { host: 'shop-1', address: '10.0.1.12' },
  logs: {
    host: 'shop-1',
    address: '10.0.1.13',
    labels: { team: 'platform', 'works.weave.role': 'system' },
  },
  migrate: { host: 'shop-2', address: '10.0.2.13', state: 'exited', labels: { team: 'platform' } },
};

/** From, to, port. What is no container is an address outside. */
const connections: readonly (readonly [from: string, to: string, port: number])[] = [
  ['203.0.113.9', 'web-1', 443],
  ['203.0.113.77', 'web-2', 443],
  ['web-1', 'cart', 8080],
  ['web-2', 'cart', 8080],
  ['cart', 'cache', 6379],
  ['cart', 'payments', 8443],
  ['payments', 'db', 5432],
  ['payments', '198.51.100.7', 443],
  ['logs', 'db', 5432],
];

const services: Readonly<Record<string, string>> = { storefront: 'storefront', 'cart-api': 'checkout' };

const STARTED: Millis = Date.UTC(2026, 0, 5, 9);
const INTERVAL: Millis = 1000;

/** What the shop's hosts report at one moment. */
export function shopReports(symbols: SymbolTable, at: Millis = STARTED): readonly Report[] {
  return ['shop-1', 'shop-2'].map((host) => hostReport(host, symbols, at));
}

function hostReport(host: string, symbols: SymbolTable, at: Millis): Report {
  const build = (topology: string): TopologyBuilder => new TopologyBuilder(topology, symbols, at);
  const hosts = build('host');
  hosts.set(hosts.row(hostId.encode(host)), hostName, host);
  const processes = build('process');
  const found = build('container');
  const endpoints = build('endpoint');
  for (const [name, container] of Object.entries(containers)) {
    if (container.host !== host) continue;
    addContainer(found, name, container);
    if (container.state === 'exited') continue;
    const row = processes.row(processId.encode(host, pidOf(name)));
    processes.set(row, processName, name.replace(/-\d$/, ''));
    processes.set(row, pid, pidOf(name));
    processes.set(row, hostNodeId, hostId.encode(host));
    processes.set(row, containerKey, keyOf(name));
  }
  connections.forEach(([from, to, port], i) => {
    const head = endpointId.encode('', containers[to]?.address ?? to, String(port));
    const tail = endpointId.encode('', containers[from]?.address ?? from, String(40_000 + i));
    for (const [id, name] of [
      [tail, from],
      [head, to],
    ] as const) {
      if (containers[name]?.host === host) addEndpoint(endpoints, id, name, host);
    }
    // Who was connected to reports the connection of a stranger; else it is who connected.
    if ((containers[from] ?? containers[to])?.host !== host) return;
    endpoints.row(head);
    const fact = { firstSeen: at, lastSeen: at, connections: 1 + (i % 3), bytesOut: 0, bytesIn: 0 };
    endpoints.edge(endpoints.row(tail), head, { source: 'shop', ...fact, guessed: false });
  });
  const clusters = build('service');
  if (host === 'shop-1')
    for (const [name, team] of Object.entries(services)) addService(clusters, name, team);
  return makeReport({
    origin: { source: 'shop', host },
    symbols,
    window: { from: at - INTERVAL, to: at },
    topologies: [hosts, processes, found, endpoints, clusters].map((builder) => builder.build()),
  });
}

function addContainer(found: TopologyBuilder, name: string, { host, state, labels }: Container): void {
  const row = found.row(containerId.encode(keyOf(name)));
  found.set(row, containerKey, keyOf(name));
  found.set(row, containerName, name);
  found.set(row, containerState, state ?? 'running');
  found.set(row, hostNodeId, hostId.encode(host));
  found.set(row, imageKey, `image-of-${name.replace(/-\d$/, '')}`);
  found.parent(row, 'host', hostId.encode(host));
  for (const [label, value] of Object.entries(labels ?? {})) {
    found.set(row, textAttribute(DOCKER_LABEL + label), value);
  }
}

function addEndpoint(endpoints: TopologyBuilder, id: NodeId, name: string, host: string): void {
  const row = endpoints.row(id);
  endpoints.set(row, pid, pidOf(name));
  endpoints.set(row, hostNodeId, hostId.encode(host));
}

function addService(clusters: TopologyBuilder, name: string, team: string): void {
  const row = clusters.row(serviceId.encode(name));
  clusters.set(row, kubernetesName, name);
  clusters.set(row, kubernetesNamespace, 'shop');
  clusters.set(row, textAttribute(`${KUBERNETES_LABEL}team`), team);
}

/** A container's id as Docker makes them: 64 hexadecimal digits. */
function keyOf(name: string): string {
  return Buffer.from(name.padEnd(32, '.')).toString('hex');
}

function pidOf(name: string): string {
  return String(100 + Object.keys(containers).indexOf(name));
}

/** The recording of a few seconds of the shop, as plain JSON lines. */
export function shopRecording(): string {
  const symbols = new SymbolTable();
  const lines: unknown[] = [{ ridgeline: 'recording', version: 1, started: STARTED, host: 'shop-1' }];
  for (const at of [0, INTERVAL]) {
    for (const report of shopReports(symbols, STARTED + at)) {
      lines.push({ at, interval: INTERVAL, report: reportToJson(report) });
    }
  }
  lines.push({ end: true, at: INTERVAL });
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
}
