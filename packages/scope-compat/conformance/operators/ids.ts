import { decodeGatheringId, gatheringId, type IdKind, splitId } from '@ridgeline/core';
import * as vocabulary from '@ridgeline/vocabulary';

type AnyKind = IdKind<readonly string[]>;

/** Kinds of ids by the original's names for what makes them. */
const KINDS: ReadonlyMap<string, AnyKind> = new Map<string, unknown>([
  ['container', vocabulary.containerId],
  ['containerImage', vocabulary.containerImageId],
  ['cronJob', vocabulary.cronJobId],
  ['daemonSet', vocabulary.daemonSetId],
  ['deployment', vocabulary.deploymentId],
  ['ecsService', vocabulary.ecsServiceId],
  ['ecsTask', vocabulary.ecsTaskId],
  ['endpoint', vocabulary.endpointId],
  ['host', vocabulary.hostId],
  ['job', vocabulary.jobId],
  ['namespace', vocabulary.namespaceId],
  ['overlay', vocabulary.overlayId],
  ['persistentVolume', vocabulary.persistentVolumeId],
  ['persistentVolumeClaim', vocabulary.persistentVolumeClaimId],
  ['pod', vocabulary.podId],
  ['process', vocabulary.processId],
  ['replicaSet', vocabulary.replicaSetId],
  ['service', vocabulary.serviceId],
  ['statefulSet', vocabulary.statefulSetId],
  ['storageClass', vocabulary.storageClassId],
  ['swarmService', vocabulary.swarmServiceId],
  ['volumeSnapshot', vocabulary.volumeSnapshotId],
  ['volumeSnapshotData', vocabulary.volumeSnapshotDataId],
]) as ReadonlyMap<string, AnyKind>;

/** The kind of a name such as `endpointLoopback`: the longest that it begins with. */
function kindOf(name: string): AnyKind | undefined {
  const [best] = [...KINDS.keys()].filter((key) => name.startsWith(key)).sort((a, b) => b.length - a.length);
  return best === undefined ? undefined : KINDS.get(best);
}

/** The id made again of its parts; `undefined` when it is none of the kind. */
export function remakeId(name: string, id: string): string | undefined {
  if (name === 'pseudo') {
    const gathered = decodeGatheringId(id);
    return gathered === undefined ? undefined : gatheringId(gathered.what, gathered.of);
  }
  if (name === 'group') return vocabulary.topologies.find((topology) => topology.name === id)?.name;
  const kind = kindOf(name);
  const parts = kind?.decode(id);
  return parts === undefined ? undefined : kind?.encode(...parts);
}

/** The parts of an id as the original tells them: texts, and mostly whether it is an id of the kind. */
export function readId(name: string, id: string): readonly (string | boolean)[] | undefined {
  switch (name) {
    case 'container':
    case 'host': {
      const parts = KINDS.get(name)?.decode(id);
      return parts === undefined ? ['', false] : [parts[0] ?? '', true];
    }
    case 'endpoint': {
      const parts = vocabulary.readEndpointId(id);
      return parts === undefined ? ['', '', '', false] : [parts.scope, parts.address, parts.port, true];
    }
    case 'ecsService': {
      const parts = vocabulary.ecsServiceId.decode(id);
      if (parts === undefined) return ['', '', false];
      const service = vocabulary.ecsServiceName(id);
      // Older probes did not say the cluster.
      return [service === parts[1] ? parts[0] : 'unknown', service, true];
    }
    case 'generic': {
      const [first = '', ...rest] = splitId(id);
      return rest.length === 0 ? ['', '', false] : [first, rest.join(';'), true];
    }
    case 'overlay': {
      const [network, peer = ''] = vocabulary.overlayId.decode(id) ?? [];
      return [network === 'docker' ? 'docker_peer_' : '', peer];
    }
    case 'pseudo':
      return id.startsWith('pseudo:') ? [id.slice('pseudo:'.length), true] : [id, false];
    default:
      return undefined;
  }
}
