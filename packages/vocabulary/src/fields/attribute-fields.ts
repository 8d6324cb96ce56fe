import { type Attribute, attributeField, type Field } from '@ridgeline/core';
import * as common from '../attributes/common.ts';
import * as docker from '../attributes/container.ts';
import * as ecs from '../attributes/ecs.ts';
import * as endpoint from '../attributes/endpoint.ts';
import * as host from '../attributes/host.ts';
import * as kubernetes from '../attributes/kubernetes.ts';
import * as overlay from '../attributes/overlay.ts';
import * as process from '../attributes/process.ts';
import * as swarm from '../attributes/swarm.ts';

/** Each attribute with a sentence on what it says. */
const described: readonly (readonly [attribute: Attribute<unknown>, description: string])[] = [
  [common.hostNodeId, 'the id of the host it is on'],
  [common.pid, 'the process id, on processes and on endpoints whose owner is known'],
  [common.probeId, 'the foreign probe that reported it'],
  [common.controlProbeId, 'the foreign probe that carries out its controls'],
  [common.activeControls, 'the controls it offers now'],
  [common.localNetworks, 'networks that are local to a host or overlay peer'],
  [common.doesNotMakeConnections, 'present on what shares the address of another'],
  [endpoint.copyOf, 'the endpoint that an address translation made this one of'],
  [endpoint.copiesOf, 'the endpoints that an address of a service stands for by turns'],
  [endpoint.boundAt, 'the socket behind it, where that is bound to any address'],
  [endpoint.connectionCount, 'how many equal connections an endpoint stands for'],
  [endpoint.reverseDnsNames, 'names that the address answers to'],
  [endpoint.snoopedDnsNames, 'names that were asked for and answered with the address'],
  [endpoint.listening, 'true on a socket that waits for connections'],
  [process.processName, 'the name of the program'],
  [process.parentPid, 'the process that started it'],
  [process.commandLine, 'the command line'],
  [process.threads, 'how many threads it has'],
  [process.processUser, 'the user it runs as'],
  [process.processStarted, 'when it was started'],
  [process.cgroup, 'its control group'],
  [process.networkNamespace, 'the inode of its network namespace'],
  [host.hostName, 'the name a host gives itself'],
  [host.operatingSystem, 'the operating system'],
  [host.kernelVersion, 'the release and build of the kernel'],
  [host.uptimeSeconds, 'how long the host has been up, in seconds'],
  [host.hostAddresses, 'the addresses of a host, loopback left out'],
  [host.probeVersion, 'the version of the foreign probe on the host'],
  [docker.containerKey, 'the id of the container'],
  [docker.containerName, 'the name of the container'],
  [docker.containerHostname, 'the host name inside the container'],
  [docker.containerCommand, 'the command of the container'],
  [docker.containerState, 'running, paused, restarting, exited, dead, created or deleted'],
  [docker.containerStateText, 'the state in words'],
  [docker.containerUptimeSeconds, 'how long the container has been up, in seconds'],
  [docker.containerRestarts, 'how often the container was restarted'],
  [docker.containerCreated, 'when the container was made'],
  [docker.containerNetworkMode, 'the network mode of the container'],
  [docker.containerNetworks, 'the networks it is attached to'],
  [docker.containerAddresses, 'the addresses of the container'],
  [docker.containerScopedAddresses, 'the addresses of the container, each with its scope'],
  [docker.containerPorts, 'the ports of the container'],
  [docker.containerInHostNetwork, 'present on a container in the network of its host'],
  [docker.imageKey, 'the id of the image'],
  [docker.imageName, 'the name of the image, with registry and tag'],
  [docker.imageTag, 'the tag of the image'],
  [docker.imageSize, 'the size of the image'],
  [docker.imageVirtualSize, 'the size of the image with its layers'],
  [kubernetes.kubernetesName, 'the name of the object'],
  [kubernetes.kubernetesNodeType, 'the kind of object in words'],
  [kubernetes.kubernetesState, 'the phase of a pod'],
  [kubernetes.kubernetesIp, 'the address inside the cluster'],
  [kubernetes.kubernetesPublicIp, 'the address outside the cluster'],
  [kubernetes.kubernetesPorts, 'the ports of a service'],
  [kubernetes.kubernetesType, 'the type of a service'],
  [kubernetes.kubernetesCreated, 'when the object was made'],
  [kubernetes.kubernetesRestarts, 'how often the containers of a pod were restarted'],
  [kubernetes.podInHostNetwork, 'present on a pod in the network of its host'],
  [kubernetes.observedGeneration, 'the generation that the controller has seen'],
  [kubernetes.desiredReplicas, 'how many pods are wanted'],
  [kubernetes.strategy, 'how pods are replaced by new ones'],
  [kubernetes.schedule, 'when jobs are started'],
  [kubernetes.suspended, 'whether no jobs are started'],
  [kubernetes.activeJobs, 'how many jobs run'],
  [kubernetes.lastScheduled, 'when a job was last started'],
  [kubernetes.volumeClaim, 'the claim of a volume, or the claims of a pod'],
  [kubernetes.volumeName, 'the volume of a claim or snapshot'],
  [kubernetes.volumeCapacity, 'the size that is claimed'],
  [kubernetes.volumeStatus, 'the status of a volume or claim'],
  [kubernetes.accessModes, 'how a volume may be mounted'],
  [kubernetes.storageClassName, 'the storage class of a volume or claim'],
  [kubernetes.storageDriver, 'the driver of a volume'],
  [kubernetes.provisioner, 'the provisioner of a storage class'],
  [kubernetes.snapshotData, 'the data of a snapshot'],
  [kubernetes.snapshotName, 'the snapshot that data is of'],
  [ecs.ecsCluster, 'the cluster of a task or service'],
  [ecs.ecsCreated, 'when the task or service was made'],
  [ecs.ecsTaskFamily, 'the family of the task definition'],
  [ecs.ecsDesiredTasks, 'how many tasks are wanted'],
  [ecs.ecsRunningTasks, 'how many tasks run'],
  [swarm.swarmServiceName, 'the name of the Swarm service'],
  [overlay.peerName, 'the name of the peer'],
  [overlay.peerNickName, 'the nickname of the peer'],
  [overlay.weaveVersion, 'the version of Weave Net'],
  [overlay.weaveProtocol, 'the protocol of Weave Net'],
  [overlay.weaveEncryption, 'whether Weave Net encrypts'],
  [overlay.peerDiscovery, 'whether peers are discovered'],
  [overlay.targetCount, 'how many targets a peer has'],
  [overlay.peerCount, 'how many peers a peer knows'],
  [overlay.peerConnectionCount, 'how many connections a peer has'],
  [overlay.trustedSubnets, 'subnets that are trusted'],
  [overlay.weaveMac, 'the address of a container on the weave network'],
  [overlay.weaveDnsName, 'the name of a container on the weave network'],
];

const KUBERNETES: readonly string[] = [
  'pod',
  'service',
  'deployment',
  'daemon_set',
  'stateful_set',
  'cron_job',
  'job',
  'replica_set',
  'namespace',
  'persistent_volume',
  'persistent_volume_claim',
  'storage_class',
  'volume_snapshot',
  'volume_snapshot_data',
];

/** Processes know the container they are in; a container may be known on the overlay network. */
const OPEN: readonly Attribute<unknown>[] = [
  docker.containerKey,
  docker.containerName,
  process.cgroup,
  process.networkNamespace,
  overlay.weaveMac,
  overlay.weaveDnsName,
];

/** What an image says of itself stands on its containers, too. */
const IMAGE: Readonly<Record<string, Attribute<unknown>>> = {
  imageKey: docker.imageKey,
  imageName: docker.imageName,
  imageTag: docker.imageTag,
  imageSize: docker.imageSize,
  imageVirtualSize: docker.imageVirtualSize,
};

/** The first that has an attribute says where it is; those of `common` are open. */
const places: readonly (readonly [attributes: Readonly<Record<string, unknown>>, on: readonly string[]])[] = [
  [endpoint, ['endpoint']],
  [process, ['process']],
  [host, ['host']],
  [IMAGE, ['container', 'container_image']],
  [docker, ['container']],
  [kubernetes, KUBERNETES],
  [ecs, ['ecs_task', 'ecs_service']],
  [swarm, ['swarm_service']],
  [overlay, ['overlay']],
];

/** One field for each attribute. */
export const attributeFields: readonly Field[] = described.map(([attribute, description]) =>
  attributeField(attribute, description, topologiesOf(attribute)),
);

/**
 * The topologies whose nodes have an attribute; `undefined` where that is open. Attributes of a file are of the nodes the file is
 * named after, but for a few.
 */
function topologiesOf(attribute: Attribute<unknown>): readonly string[] | undefined {
  if (OPEN.includes(attribute)) return undefined;
  return places.find(([attributes]) => Object.values(attributes).includes(attribute))?.[1];
}
