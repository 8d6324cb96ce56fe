import type { NodeId, NodeSummary } from '@ridgeline/core/wire';
import { type Random, seededRandom } from '@ridgeline/testkit';

/** A service of a made-up fleet, and those it calls. */
interface Service {
  readonly name: string;
  readonly namespace: string;
  readonly replicas: string[];
  readonly calls: number[];
  readonly tier: number;
}

/** A made-up fleet at one instant. `step` counts its deltas. */
export interface Fleet {
  readonly services: readonly Service[];
  readonly edges: ReadonlyMap<string, readonly string[]>;
  readonly lonely: readonly string[];
  readonly step: number;
  readonly seed: number;
}

const TIERS = [
  ['ingress', 'edge-proxy', 'gateway'],
  ['web-frontend', 'mobile-bff', 'console', 'storefront', 'partner-api'],
  ['catalogue', 'cart', 'user', 'checkout', 'feed', 'pricing', 'shipping', 'orders', 'search', 'billing'],
  ['auth', 'payments', 'recommend', 'inventory', 'mailer', 'ledger', 'quota', 'worker', 'notifier'],
  ['orders-db', 'user-db', 'redis', 'kafka', 'rabbitmq', 'elasticsearch', 'vault', 'memcached', 'clickhouse'],
] as const;
/** Which part of the services each tier has. */
const SHARES = [0.04, 0.12, 0.34, 0.26, 0.24] as const;
const NAMESPACES = ['edge', 'shop', 'identity', 'billing', 'data', 'messaging', 'ml', 'admin'] as const;
/** The letters in which Kubernetes writes random suffixes, and the digits of hashes. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const HASH_LETTERS = '456789bcdf';

/**
 * A fleet of about so many pods: services in tiers, each with some replicas and a few services that it calls, now and
 * then across tiers or back; and some pods that nobody talks with.
 *
 * @param mostCalls - how many other services one calls, at the most; with 3 there are two edges a pod, with 5 three
 */
export function makeFleet(pods: number, seed = 7, mostCalls = 3): Fleet {
  const random = seededRandom(seed);
  const services: Service[] = [];
  const wanted = Math.max(5, Math.round(pods / 2.9));
  SHARES.forEach((share, tier) => {
    const names = TIERS[tier] as readonly string[];
    for (let s = 0; s < Math.max(1, Math.round(wanted * share)); s++) {
      const name = `${names[s % names.length]}${s < names.length ? '' : `-${Math.floor(s / names.length)}`}`;
      const extra = pods > 1000 ? random.below(Math.round(Math.sqrt(pods) / 12)) : 0;
      const namespace = `${NAMESPACES[random.below(NAMESPACES.length)]}${extra === 0 ? '' : `-${extra}`}`;
      services.push({ name, namespace, replicas: [], calls: [], tier });
    }
  });
  for (const [s, service] of services.entries()) {
    const replicas = 1 + random.below(service.tier === 4 ? 3 : 5);
    for (let r = 0; r < replicas; r++) service.replicas.push(podName(service.name, s, random));
    const below = services.flatMap((other, i) => (other.tier === service.tier + 1 ? [i] : []));
    const deeper = services.flatMap((other, i) => (other.tier > service.tier + 1 ? [i] : []));
    const calls = 1 + random.below(mostCalls);
    for (let c = 0; c < calls; c++) {
      const dice = random.below(100);
      const from = dice < 72 ? below : dice < 96 ? deeper : services.map((_, i) => i);
      const target = from.length === 0 ? undefined : from[random.below(from.length)];
      if (target !== undefined && target !== s && !service.calls.includes(target)) service.calls.push(target);
    }
  }
  const edges = new Map<string, readonly string[]>();
  for (const service of services) {
    for (const pod of service.replicas) edges.set(pod, targetsOf(service, services, random));
  }
  const lonely = Array.from({ length: Math.ceil(pods / 25) }, (_, i) => podName('batch', i, random));
  return { services, edges, lonely, step: 0, seed };
}

/** A name as Kubernetes makes it; unlike any other. */
function podName(service: string, number: number, random: Random): string {
  const draw = (letters: string, length: number): string =>
    Array.from({ length }, () => letters[random.below(letters.length)]).join('');
  const digits = String(100 + number).replaceAll(/./g, (digit) => HASH_LETTERS[Number(digit)] as string);
  return `${service}-${digits}${draw(HASH_LETTERS, 6)}-${draw(LETTERS, 5)}`;
}

/** One or two replicas of each service it calls. */
function targetsOf(service: Service, services: readonly Service[], random: Random): readonly string[] {
  const targets = new Set<string>();
  for (const call of service.calls) {
    const replicas = (services[call] as Service).replicas;
    const first = random.below(replicas.length);
    for (let k = 0; k < Math.min(replicas.length, 1 + random.below(2)); k++) {
      targets.add(replicas[(first + k) % replicas.length] as string);
    }
  }
  return [...targets];
}

/**
 * The fleet a little later: a part of the pods is replaced, as a rolling restart does it. Half of those that come are
 * not replicas of those that go: scaled services.
 *
 * @param share - 0..1; at least one pod
 */
export function churnFleet(fleet: Fleet, share: number): Fleet {
  const step = fleet.step + 1;
  const random = seededRandom(fleet.seed * 1009 + step);
  const services = fleet.services.map((service) => ({ ...service, replicas: [...service.replicas] }));
  const edges = new Map(fleet.edges);
  for (let n = Math.max(1, Math.round(edges.size * share)); n > 0; n--) {
    const leaving = services[random.below(services.length)] as Service;
    const growing = n % 2 === 0 ? leaving : (services[random.below(services.length)] as Service);
    if (leaving.replicas.length > 1 || growing === leaving) {
      const [gone = ''] = leaving.replicas.splice(random.below(leaving.replicas.length), 1);
      edges.delete(gone);
      for (const [from, targets] of edges) {
        if (targets.includes(gone))
          edges.set(
            from,
            targets.filter((to) => to !== gone),
          );
      }
    }
    const index = services.indexOf(growing);
    const pod = podName(growing.name, index, random);
    growing.replicas.push(pod);
    edges.set(pod, targetsOf(growing, services, random));
    for (const caller of services) {
      if (!caller.calls.includes(index)) continue;
      for (const from of caller.replicas.slice(0, 2)) edges.set(from, [...(edges.get(from) ?? []), pod]);
    }
  }
  return { ...fleet, services, edges, step };
}

/** The fleet as a picture's nodes, ascending by id. */
export function summariesOf({ services, edges, lonely }: Fleet): readonly NodeSummary[] {
  const nodes: NodeSummary[] = [];
  for (const { name, namespace, replicas } of services) {
    for (const pod of replicas) nodes.push(summaryOf(pod, name, namespace, edges.get(pod) ?? []));
  }
  for (const pod of lonely) nodes.push(summaryOf(pod, 'batch', 'admin', []));
  return nodes.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function summaryOf(pod: string, name: string, namespace: string, to: readonly string[]): NodeSummary {
  return {
    id: pod as NodeId,
    topology: 'pod',
    label: pod,
    labelMinor: '1 container',
    rank: `${namespace}/${name}`,
    shape: 'heptagon',
    metadata: [
      { id: 'kubernetes_state', label: 'State', value: 'Running' },
      { id: 'kubernetes_namespace', label: 'Namespace', value: namespace },
    ],
    metrics: [],
    parents: [],
    adjacency: [...to].sort() as NodeId[],
  };
}

/** The fleet after so many pods, of different services, have been replaced, each by one with the same connections. */
export function replaceReplicas(fleet: Fleet, count: number): Fleet {
  const random = seededRandom(fleet.seed * 31 + count);
  const renamed = new Map<string, string>();
  const services = fleet.services.map((service, index) => {
    if (index >= count) return service;
    const [first = '', ...others] = service.replicas;
    renamed.set(first, podName(service.name, index, random));
    return { ...service, replicas: [...others, renamed.get(first) as string] };
  });
  const now = (pod: string): string => renamed.get(pod) ?? pod;
  const edges = new Map([...fleet.edges].map(([from, to]) => [now(from), to.map(now)]));
  return { ...fleet, services, edges, step: fleet.step + 1 };
}
