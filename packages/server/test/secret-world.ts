import {
  type EdgeFact,
  makeReport,
  type NodeId,
  type Report,
  type SymbolTable,
  TopologyBuilder,
} from '@ridgeline/core';
import { seededRandom } from '@ridgeline/testkit';
import * as v from '@ridgeline/vocabulary';

/** Every text that only hidden things bear holds this. */
export const SECRET = 'zz';

/** A value of a key that is no attribute. */
function label(builder: TopologyBuilder, row: number, key: string, value: string): void {
  builder.setSymbol(row, builder.symbols.intern(key), builder.symbols.intern(value));
}

/** What kinds of hidden things there are in a world. */
export interface WorldShape {
  readonly seed: number;
  readonly namespaces: boolean;
  readonly hosts: boolean;
  readonly labels: boolean;
}

type Host = { readonly name: string; readonly isHidden: boolean };

interface Pod {
  readonly key: string;
  readonly host: number;
  readonly namespace: string;
  readonly team: string;
  readonly address: string;
  readonly isHidden: boolean;
}

type Process = { readonly pod: number; readonly pid: number; readonly parent: number };

/** A connection: of two processes, by way of a service or not, or of a process with the outside. */
interface Connection {
  readonly client: number;
  readonly port: number;
  readonly server: number | undefined;
  readonly isByService: boolean;
  readonly outside: number;
}

/** A made-up fleet, some of which is hidden. */
export class SecretWorld {
  readonly #shape: WorldShape;
  readonly #hosts: readonly Host[];
  readonly #pods: readonly Pod[];
  readonly #processes: readonly Process[];

  constructor(shape: WorldShape) {
    this.#shape = shape;
    const random = seededRandom(shape.seed);
    this.#hosts = [false, shape.hosts, false].map((isHidden, i) => ({
      name: isHidden ? `${SECRET}vault-${i}` : `host-${i}`,
      isHidden,
    }));
    this.#pods = Array.from({ length: 8 }, (_, i) => {
      const host = random.below(this.#hosts.length);
      const namespace = random.of(['shop', 'search', ...(shape.namespaces ? [`${SECRET}pay`] : [])]);
      const team = random.of(['web', 'data', ...(shape.labels ? [`${SECRET}fraud`] : [])]);
      const isHidden = [namespace, team, (this.#hosts[host] as Host).name].some((text) =>
        text.startsWith(SECRET),
      );
      return {
        key: `${isHidden ? SECRET : ''}pod${i}`,
        host,
        namespace,
        team,
        address: `10.1.${host}.${i + 10}`,
        isHidden,
      };
    });
    this.#processes = Array.from({ length: 14 }, (_, i) => ({
      pod: random.below(this.#pods.length),
      pid: 100 + i,
      parent: random.below(14) + 100,
    }));
  }

  /** The policy of viewers, as a config says it. */
  get config(): string {
    const hosts = this.#hosts.filter(({ isHidden }) => isHidden).map(({ name }) => name);
    const hide = {
      ...(this.#shape.namespaces ? { namespaces: [`${SECRET}pay`] } : {}),
      ...(hosts.length > 0 ? { hosts } : {}),
      ...(this.#shape.labels ? { labels: { team: `${SECRET}fraud` } } : {}),
    };
    const redact = { arguments: true, environment: true, keys: ['docker_label_internal.*'] };
    return JSON.stringify({ policies: { outsiders: { hide, redact } }, roles: { viewer: 'outsiders' } });
  }

  /** What the sources of the hosts report at a step; with all that is hidden, or as if it were not there. */
  reports(step: number, isWhole: boolean, symbols: SymbolTable): readonly Report[] {
    return this.#hosts.flatMap((host, at) =>
      host.isHidden && !isWhole ? [] : [this.#report(at, step, isWhole, symbols)],
    );
  }

  /** The reports of hidden hosts alone. */
  hiddenReports(step: number, symbols: SymbolTable): readonly Report[] {
    return this.#hosts.flatMap((host, at) => (host.isHidden ? [this.#report(at, step, true, symbols)] : []));
  }

  #connections(step: number): readonly Connection[] {
    const random = seededRandom(this.#shape.seed * 31 + step);
    return Array.from({ length: 24 }, (_, i) => {
      const isOutside = random.below(4) === 0;
      return {
        client: random.below(this.#processes.length),
        port: 40_000 + i * 7 + step * 1000,
        server: isOutside ? undefined : random.below(this.#processes.length),
        isByService: random.below(3) === 0,
        outside: random.below(4),
      };
    });
  }

  #podOf(process: number): Pod {
    return this.#pods[(this.#processes[process] as Process).pod] as Pod;
  }

  #report(at: number, step: number, isWhole: boolean, symbols: SymbolTable): Report {
    const host = this.#hosts[at] as Host;
    // What hidden hosts say is a little newer.
    const now = 1_000_000 + step * 1000 + (host.isHidden ? 7 : 0);
    const build = (name: string): TopologyBuilder => new TopologyBuilder(name, symbols, now);
    const names = [
      'host',
      'container',
      'container_image',
      'pod',
      'deployment',
      'service',
      'namespace',
      'process',
      'endpoint',
    ];
    const tables = new Map(names.map((name) => [name, build(name)] as const));
    const table = (name: string): TopologyBuilder => tables.get(name) as TopologyBuilder;
    const onHost = v.hostId.encode(host.name);
    const hosts = table('host');
    const row = hosts.row(onHost);
    hosts.set(row, v.hostNodeId, onHost);
    hosts.set(row, v.hostName, host.name);
    hosts.set(row, v.hostAddresses, `10.1.${at}.1`);
    hosts.set(row, v.localNetworks, '10.0.0.0/8');
    const dns = new Map<string, { forward: readonly string[]; reverse: readonly string[] }>();

    const all = ['shop', 'search', ...(isWhole && this.#shape.namespaces ? [`${SECRET}pay`] : [])];
    // One host speaks for the cluster, as in life.
    for (const name of at === 0 ? all : []) {
      const namespaces = table('namespace');
      namespaces.set(namespaces.row(v.namespaceId.encode(name)), v.kubernetesName, name);
    }
    for (const pod of this.#pods) {
      if (pod.host === at && (isWhole || !pod.isHidden)) this.#addPod(pod, onHost, isWhole, table);
    }
    for (const process of this.#processes) {
      const pod = this.#pods[process.pod] as Pod;
      if (pod.host !== at || (pod.isHidden && !isWhole)) continue;
      const processes = table('process');
      const own = processes.row(v.processId.encode(host.name, String(process.pid)));
      processes.set(own, v.hostNodeId, onHost);
      processes.set(own, v.processName, `${pod.isHidden ? SECRET : ''}app-${process.pid % 4}`);
      processes.set(own, v.pid, String(process.pid));
      processes.set(own, v.parentPid, String(process.parent));
      processes.set(own, v.containerKey, pod.key);
      processes.set(own, v.commandLine, `/bin/app --key=${isWhole ? `${SECRET}key` : 'other'}`);
      processes.parent(own, 'host', onHost);
      this.#addEndpoint(table('endpoint'), process, 8000 + process.pid, true);
    }
    this.#addConnections(at, step, isWhole, table('endpoint'), dns);
    return makeReport({
      origin: { source: 'world', host: host.name },
      symbols,
      window: { from: now - 1000, to: now },
      topologies: [...tables.values()].map((one) => one.build()),
      dns,
      lost: [{ source: 'world', host: host.name, what: 'events', count: at + 1 }],
      issues: isWhole ? [`${SECRET} does not fit`] : [],
      ...(host.isHidden
        ? { plugins: new Map([['p', { id: `${SECRET}plugin`, label: SECRET, interfaces: [] }]]) }
        : {}),
    });
  }

  #addPod(pod: Pod, onHost: NodeId, isWhole: boolean, table: (name: string) => TopologyBuilder): void {
    const image = `${pod.isHidden ? SECRET : ''}image-${pod.team}`;
    const app = `${pod.namespace}-${pod.team}${pod.isHidden ? `-${SECRET}` : ''}`;
    const containers = table('container');
    const container = containers.row(v.containerId.encode(pod.key));
    containers.set(container, v.containerKey, pod.key);
    containers.set(container, v.containerName, `c-${pod.key}`);
    containers.set(container, v.containerState, 'running');
    containers.set(container, v.containerCommand, `run ${isWhole ? SECRET : ''}`.trim());
    containers.set(container, v.imageKey, image);
    containers.set(container, v.hostNodeId, onHost);
    containers.set(container, v.containerAddresses, pod.address);
    containers.set(container, v.containerScopedAddresses, `;${pod.address}`);
    label(containers, container, 'docker_label_team', pod.team);
    label(containers, container, 'docker_label_io.kubernetes.pod.namespace', pod.namespace);
    if (isWhole) label(containers, container, 'docker_label_internal.note', SECRET);
    if (isWhole) label(containers, container, `docker_env_${SECRET}`, SECRET);
    containers.parent(container, 'host', onHost);
    containers.parent(container, 'pod', v.podId.encode(pod.key));
    containers.parent(container, 'container_image', v.containerImageId.encode(image));
    const images = table('container_image');
    const ofImage = images.row(v.containerImageId.encode(image));
    images.set(ofImage, v.imageKey, image);
    images.set(ofImage, v.imageName, `registry.example/app/${image}:1`);
    images.set(ofImage, v.hostNodeId, onHost);
    images.parent(ofImage, 'host', onHost);
    const pods = table('pod');
    const row = pods.row(v.podId.encode(pod.key));
    pods.set(row, v.kubernetesName, pod.key);
    pods.set(row, v.kubernetesNamespace, pod.namespace);
    pods.set(row, v.kubernetesIp, pod.address);
    pods.set(row, v.kubernetesState, 'Running');
    label(pods, row, 'kubernetes_labels_team', pod.team);
    pods.parent(row, 'host', onHost);
    for (const [kind, id] of [
      ['deployment', v.deploymentId.encode(app)],
      ['service', v.serviceId.encode(app)],
    ] as const) {
      pods.parent(row, kind, id);
      const owner = table(kind);
      const own = owner.row(id);
      owner.set(own, v.kubernetesName, app);
      owner.set(own, v.kubernetesNamespace, pod.namespace);
      label(owner, own, 'kubernetes_labels_team', pod.team);
    }
  }

  #addConnections(
    at: number,
    step: number,
    isWhole: boolean,
    endpoints: TopologyBuilder,
    dns: Map<string, { forward: readonly string[]; reverse: readonly string[] }>,
  ): void {
    for (const { client, port, server, isByService, outside } of this.#connections(step)) {
      const from = this.#podOf(client);
      const to = server === undefined ? undefined : this.#podOf(server);
      const isHidden = from.isHidden || to?.isHidden === true;
      if (from.host !== at || (isHidden && !isWhole)) continue;
      const row = this.#addEndpoint(endpoints, this.#processes[client] as Process, port, false);
      const fact: EdgeFact = {
        source: 'world',
        firstSeen: 1,
        lastSeen: 2 + step,
        connections: 1,
        bytesOut: port,
        bytesIn: 0,
        guessed: false,
      };
      if (server === undefined || to === undefined) {
        const address = `93.184.${from.isHidden ? 9 : 0}.${outside}`;
        endpoints.edge(row, v.endpointId.encode('', address, '443'), fact);
        endpoints.row(v.endpointId.encode('', address, '443'));
        dns.set(address, { forward: [`${from.isHidden ? SECRET : ''}out-${outside}.example`], reverse: [] });
        continue;
      }
      const behind = v.endpointId.encode(
        '',
        to.address,
        String(8000 + (this.#processes[server] as Process).pid),
      );
      endpoints.row(behind);
      endpoints.edge(row, behind, fact);
      if (!isByService) continue;
      // An address that stands for the servers of a team by turns.
      const service = v.endpointId.encode('', `10.96.0.${to.team.length}`, '80');
      endpoints.edge(row, service, fact);
      for (const [index, process] of this.#processes.entries()) {
        const pod = this.#podOf(index);
        if (pod.team.length !== to.team.length || (pod.isHidden && !isWhole)) continue;
        const id = v.endpointId.encode('', pod.address, String(8000 + process.pid));
        endpoints.set(endpoints.row(service), v.copiesOf, id);
      }
    }
  }

  #addEndpoint(endpoints: TopologyBuilder, process: Process, port: number, isListening: boolean): number {
    const pod = this.#pods[process.pod] as Pod;
    const host = this.#hosts[pod.host] as Host;
    const row = endpoints.row(v.endpointId.encode('', pod.address, String(port)));
    endpoints.set(row, v.hostNodeId, v.hostId.encode(host.name));
    endpoints.set(row, v.pid, String(process.pid));
    if (isListening) endpoints.set(row, v.listening, 'true');
    return row;
  }
}
