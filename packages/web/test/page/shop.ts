import {
  type EdgeFact,
  makeReport,
  type NodeId,
  type Report,
  reportToJson,
  SymbolTable,
  TopologyBuilder,
} from '@ridgeline/core';
import {
  commandLine,
  containerId,
  containerImageId,
  containerKey,
  containerName,
  containerState,
  containerStateText,
  DOCKER_CPU,
  DOCKER_IMAGE_LABEL,
  DOCKER_LABEL,
  DOCKER_MEMORY,
  endpointId,
  hostId,
  hostName,
  hostNodeId,
  imageKey,
  imageName,
  pid,
  processId,
  processName,
} from '@ridgeline/vocabulary';

/** One kind of container of the shop, and whom it talks to. */
interface Part {
  readonly name: string;
  readonly image: string;
  readonly replicas: number;
  readonly port: number;
  readonly calls: readonly string[];
  readonly state?: string;
  readonly role?: 'system';
}

const parts: readonly Part[] = [
  { name: 'gateway', image: 'nginx', replicas: 2, port: 443, calls: ['shop', 'search'] },
  { name: 'shop', image: 'acme/shop', replicas: 3, port: 8080, calls: ['cart', 'catalogue', 'auth'] },
  { name: 'search', image: 'acme/search', replicas: 2, port: 9200, calls: ['catalogue'] },
  { name: 'cart', image: 'acme/cart', replicas: 2, port: 8081, calls: ['redis', 'billing'] },
  { name: 'catalogue', image: 'acme/catalogue', replicas: 2, port: 8082, calls: ['postgres'] },
  { name: 'auth', image: 'acme/auth', replicas: 1, port: 8083, calls: ['postgres', 'redis'] },
  { name: 'billing', image: 'acme/billing', replicas: 1, port: 8084, calls: ['postgres', 'kafka'] },
  { name: 'kafka', image: 'kafka', replicas: 1, port: 9092, calls: [] },
  { name: 'redis', image: 'redis', replicas: 1, port: 6379, calls: [] },
  { name: 'postgres', image: 'postgres', replicas: 1, port: 5432, calls: [] },
  { name: 'metrics-agent', image: 'acme/agent', replicas: 2, port: 9100, calls: [], role: 'system' },
  { name: 'old-import', image: 'acme/import', replicas: 2, port: 9999, calls: [], state: 'exited' },
];

const HOSTS = 2;
const SAMPLES = 30;
const EVERY_MILLIS = 1000;

/** A shop at one moment: what its only source reports of two hosts. */
export interface ShopMoment {
  /** When it is, in milliseconds since 1970. */
  readonly at: number;
  /** Parts with more or fewer containers than usual. */
  readonly replicas?: Readonly<Record<string, number>>;
  /** How many events its source missed on the first host. */
  readonly lost?: number;
}

interface Instance {
  readonly part: Part;
  readonly host: string;
  readonly container: string;
  readonly address: string;
  readonly pid: number;
}

/** The reports of the shop's hosts as JSON, as they are posted. */
export function shopReports(moment: ShopMoment): readonly string[] {
  const instances = parts.flatMap((part, p) =>
    Array.from({ length: moment.replicas?.[part.name] ?? part.replicas }, (_, n): Instance => {
      const serial = p * 20 + n;
      return {
        part,
        host: `node-${(serial % HOSTS) + 1}`,
        container: serial.toString(16).padStart(4, '0').repeat(16),
        address: `10.0.${p}.${n + 1}`,
        pid: 1000 + serial,
      };
    }),
  );
  return Array.from({ length: HOSTS }, (_, n) =>
    JSON.stringify(
      reportToJson(reportOfHost(`node-${n + 1}`, instances, moment.at, n === 0 ? (moment.lost ?? 0) : 0)),
    ),
  );
}

function reportOfHost(host: string, instances: readonly Instance[], at: number, lost: number): Report {
  const symbols = new SymbolTable();
  const builder = (name: string): TopologyBuilder => new TopologyBuilder(name, symbols, at);
  const tables = {
    host: builder('host'),
    process: builder('process'),
    container: builder('container'),
    container_image: builder('container_image'),
    endpoint: builder('endpoint'),
  };
  const hostNode = hostId.encode(host);
  const hostRow = tables.host.row(hostNode);
  tables.host.set(hostRow, hostName, host);
  tables.host.set(hostRow, hostNodeId, hostNode);
  for (const instance of instances) if (instance.host === host) addInstance(tables, instance, instances, at);
  return makeReport({
    symbols,
    origin: { source: 'shop', host },
    window: { from: at - EVERY_MILLIS, to: at },
    topologies: Object.values(tables).map((table) => table.build()),
    lost: lost === 0 ? [] : [{ source: 'shop', host, what: 'events', count: lost }],
  });
}

type Tables = Readonly<
  Record<'host' | 'process' | 'container' | 'container_image' | 'endpoint', TopologyBuilder>
>;

function addInstance(tables: Tables, instance: Instance, all: readonly Instance[], at: number): void {
  const { part, host, container, pid: number } = instance;
  const hostNode = hostId.encode(host);
  const row = tables.container.row(containerId.encode(container));
  const state = part.state ?? 'running';
  tables.container.set(row, containerKey, container);
  tables.container.set(row, containerName, `${part.name}-${number - 1000}`);
  tables.container.set(row, containerState, state);
  tables.container.set(
    row,
    containerStateText,
    state === 'running' ? 'Up 3 hours' : 'Exited (1) 2 hours ago',
  );
  tables.container.set(row, imageKey, part.image);
  tables.container.set(row, hostNodeId, hostNode);
  setText(tables.container, row, `${DOCKER_LABEL}team`, part.image.startsWith('acme/') ? 'acme' : 'platform');
  tables.container.parent(row, 'host', hostNode);
  tables.container.parent(row, 'container_image', containerImageId.encode(part.image));
  addSeries(tables.container, row, DOCKER_CPU, 100, number, at);
  addSeries(tables.container, row, DOCKER_MEMORY, 2 ** 30, number + 7, at);

  const image = tables.container_image.row(containerImageId.encode(part.image));
  tables.container_image.set(image, imageKey, part.image);
  tables.container_image.set(image, imageName, `${part.image}:1.4`);
  if (part.role !== undefined)
    setText(tables.container_image, image, `${DOCKER_IMAGE_LABEL}works.weave.role`, part.role);

  if (state !== 'running') return;
  const process = tables.process.row(processId.encode(host, String(number)));
  tables.process.set(process, pid, String(number));
  tables.process.set(process, processName, part.name);
  tables.process.set(process, commandLine, `/bin/${part.name} --port ${part.port}`);
  tables.process.set(process, containerKey, container);
  tables.process.set(process, hostNodeId, hostNode);
  tables.process.parent(process, 'host', hostNode);
  addConnections(tables.endpoint, instance, all, at);
}

function addConnections(
  endpoints: TopologyBuilder,
  client: Instance,
  all: readonly Instance[],
  at: number,
): void {
  const endpoint = (owner: Instance, port: number): NodeId => {
    const id = endpointId.encode('', owner.address, String(port));
    const row = endpoints.row(id);
    if (owner.host !== client.host) return id;
    endpoints.set(row, pid, String(owner.pid));
    endpoints.set(row, hostNodeId, hostId.encode(owner.host));
    return id;
  };
  endpoint(client, client.part.port);
  let port = 40_000;
  for (const name of client.part.calls) {
    for (const server of all.filter(({ part }) => part.name === name)) {
      const fact: EdgeFact = {
        source: 'shop',
        firstSeen: at - 60_000,
        lastSeen: at,
        connections: 1 + (server.pid % 9),
        bytesOut: 1000,
        bytesIn: 50_000,
        guessed: false,
      };
      const from = endpoint(client, port++);
      endpoints.edge(
        endpoints.row(from),
        endpointId.encode('', server.address, String(server.part.port)),
        fact,
      );
    }
  }
}

/** Labels have names of their own: they are written by symbol. */
function setText(table: TopologyBuilder, row: number, key: string, value: string): void {
  table.setSymbol(row, table.symbols.intern(key), table.symbols.intern(value));
}

function addSeries(
  table: TopologyBuilder,
  row: number,
  key: string,
  most: number,
  seed: number,
  at: number,
): void {
  table.metric(row, key, 0, most);
  for (let n = 0; n < SAMPLES; n++) {
    const share = 0.35 + 0.3 * Math.sin(seed + n / 4) + 0.1 * Math.sin(seed * n);
    table.sample(at - (SAMPLES - 1 - n) * EVERY_MILLIS, Math.max(0, share) * most);
  }
}
