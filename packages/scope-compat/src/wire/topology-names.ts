import type { TopologyName } from '@ridgeline/core';

/** The key of a topology in a report document, and its name inside nodes (WIRE.md §1.1), in the order Scope writes them. */
const NAMES: readonly (readonly [key: string, name: TopologyName])[] = Object.freeze([
  ['Endpoint', 'endpoint'],
  ['Process', 'process'],
  ['Container', 'container'],
  ['Pod', 'pod'],
  ['Service', 'service'],
  ['Deployment', 'deployment'],
  ['ReplicaSet', 'replica_set'],
  ['DaemonSet', 'daemon_set'],
  ['StatefulSet', 'stateful_set'],
  ['CronJob', 'cron_job'],
  ['Namespace', 'namespace'],
  ['ContainerImage', 'container_image'],
  ['Host', 'host'],
  ['ECSTask', 'ecs_task'],
  ['ECSService', 'ecs_service'],
  ['SwarmService', 'swarm_service'],
  ['Overlay', 'overlay'],
  ['PersistentVolume', 'persistent_volume'],
  ['PersistentVolumeClaim', 'persistent_volume_claim'],
  ['StorageClass', 'storage_class'],
  ['VolumeSnapshot', 'volume_snapshot'],
  ['VolumeSnapshotData', 'volume_snapshot_data'],
  ['Job', 'job'],
]);

const NAME_BY_KEY: ReadonlyMap<string, TopologyName> = new Map(NAMES);

/** Scope's topologies: their keys in a report document and their names. */
export const scopeTopologies: readonly (readonly [key: string, name: TopologyName])[] = NAMES;

/** The name of the topology under a key of a report document; `undefined` for any other key. */
export function topologyOfKey(key: string): TopologyName | undefined {
  return NAME_BY_KEY.get(key);
}
