import {
  type Belonging,
  type Keeping,
  NONE,
  type NodeReader,
  type PolicyRules,
  type Topology,
} from '@ridgeline/core';
import { controlProbeId, hostNodeId, probeId } from '../attributes/common.ts';
import { containerAddresses, containerKey, DOCKER_LABEL, imageKey } from '../attributes/container.ts';
import { boundAt, copiesOf, copyOf, listening } from '../attributes/endpoint.ts';
import { hostAddresses, hostName } from '../attributes/host.ts';
import {
  kubernetesIp,
  kubernetesName,
  kubernetesNamespace,
  kubernetesPublicIp,
  snapshotName,
  volumeClaim,
  volumeName,
} from '../attributes/kubernetes.ts';
import { peerConnectionCount, peerCount, targetCount } from '../attributes/overlay.ts';
import { parentPid } from '../attributes/process.ts';
import { readEndpointId } from '../ids/endpoint-id.ts';
import { containerId, containerImageId, hostId } from '../ids/tagged-ids.ts';
import { firstPart, HOST_TAG } from '../rules/host-of.ts';
import { undoTranslations } from '../rules/translated-endpoints.ts';
import { endpointBelongings } from './endpoint-owners.ts';

const POD_NAMESPACE = `${DOCKER_LABEL}io.kubernetes.pod.namespace`;

const ofParent = (topology: string, to: string): Belonging => ({
  topology,
  to,
  owners: (node) => node.parents(to),
});

const texts = (...values: readonly (string | undefined)[]): readonly string[] =>
  values.filter((value) => value !== undefined && value !== '') as readonly string[];

const belongings: readonly Belonging[] = [
  { to: 'host', owners: () => [], ownerColumn: hostColumn },
  // Its id says the same, also where the attribute is missing.
  { topology: 'process', to: 'host', owners: (node) => [`${firstPart(node.id)}${HOST_TAG}`] },
  {
    topology: 'process',
    to: 'container',
    owners: (node) => texts(node.get(containerKey)).map((key) => containerId.encode(key)),
  },
  ...endpointBelongings,
  ofParent('container', 'pod'),
  ofParent('container', 'ecs_task'),
  ofParent('container', 'swarm_service'),
  {
    to: 'namespace',
    isGuess: true,
    owners: (node) => texts(node.get(kubernetesNamespace), node.raw(POD_NAMESPACE)),
    names: (namespace) => texts(namespace.get(kubernetesName)),
  },
  {
    topology: 'persistent_volume',
    to: 'persistent_volume_claim',
    owners: (volume) => (volume.get(volumeClaim) === undefined ? [] : texts(volume.get(kubernetesName))),
    names: (claim) => texts(claim.get(volumeName)),
  },
  {
    topology: 'volume_snapshot_data',
    to: 'volume_snapshot',
    owners: (data) => texts(data.get(snapshotName)),
    names: (snapshot) => texts(snapshot.get(kubernetesName)),
  },
];

/** The host that nodes say they are on, but for those that name their hosts as parents. */
function hostColumn(topology: Topology): Int32Array {
  const { parents } = topology.columns;
  const kind = topology.symbols.find('host');
  const column = topology.column(hostNodeId.key);
  if (kind === NONE || !parents.key.includes(kind)) return column;
  return column.map((host, row) => {
    const at = topology.columnRowOf(row);
    const own =
      at === NONE ? new Int32Array(0) : parents.key.subarray(parents.start[at], parents.start[at + 1]);
    return own.includes(kind) ? NONE : host;
  });
}

function endpointAddress(endpoint: NodeReader): readonly string[] {
  return texts(readEndpointId(endpoint.id)?.address);
}

/**
 * What belongs to what, for policies: processes to their containers, endpoints to processes and to whoever has their address,
 * everything to its host; and what is told of only while something visible accounts for it.
 */
export const policyRules: PolicyRules = Object.freeze<PolicyRules>({
  belongings,
  addresses: new Map([
    ['endpoint', endpointAddress],
    ['container', (container: NodeReader) => container.set(containerAddresses.key)],
    ['pod', (pod: NodeReader) => texts(pod.get(kubernetesIp))],
    ['service', (service: NodeReader) => texts(service.get(kubernetesIp), service.get(kubernetesPublicIp))],
    ['host', (host: NodeReader) => host.set(hostAddresses.key)],
  ]),
  hosts: new Map([
    [
      'host',
      (host: NodeReader) =>
        texts(hostId.decode(host.id)?.[0], host.get(hostName), host.get(probeId), host.get(controlProbeId)),
    ],
  ]),
  // A socket that only speaks with what is hidden says that there is something to speak with.
  standsAlone: new Map([
    ['endpoint', (endpoint: NodeReader) => endpoint.get(listening) !== undefined],
    ['overlay', (peer: NodeReader) => peer.get(hostNodeId) !== undefined],
  ]),
  keepings: [
    {
      topology: 'container_image',
      member: 'container',
      owners: (container) => [
        ...texts(container.get(imageKey)).map((key) => containerImageId.encode(key)),
        ...container.parents('container_image'),
      ],
    },
    // Jobs are not among them: nothing names its job (RULES.md §7).
    ...['deployment', 'daemon_set', 'stateful_set', 'cron_job', 'service'].map(
      (topology): Keeping => ({ topology, member: 'pod', owners: (pod) => pod.parents(topology) }),
    ),
    { topology: 'ecs_task', member: 'container', owners: (container) => container.parents('ecs_task') },
    { topology: 'ecs_service', member: 'ecs_task', owners: (task) => task.parents('ecs_service') },
    {
      topology: 'swarm_service',
      member: 'container',
      owners: (container) => container.parents('swarm_service'),
    },
  ],
  references: [
    ...[copyOf, copiesOf, boundAt].map(({ key }) => ({ topology: 'endpoint', key, to: 'endpoint' })),
    {
      topology: 'process',
      key: parentPid.key,
      to: 'process',
      idOf: (node: NodeReader, parent: string) => `${firstPart(node.id)};${parent}`,
    },
  ],
  // What a peer says of all others.
  untold: [
    { topology: 'overlay', key: 'weave_connections_*' },
    ...[
      peerCount.key,
      peerConnectionCount.key,
      targetCount.key,
      'weave_dns_entry_count',
      'weave_ipam_status',
    ].map((key) => ({ topology: 'overlay', key })),
    // An image is on many hosts, and only the last that spoke of it is named here; its parents name all.
    { topology: 'container_image', key: hostNodeId.key },
  ],
  prepare: new Map([['endpoint', undoTranslations]]),
});
