import { type IdKind, taggedId } from '@ridgeline/core';

export type KeyedId = IdKind<readonly [key: string]>;

/** Ids of the form `key;<tag>`; the tags are Scope's, some without the underscore (WIRE.md §1.5). */
export const hostId: KeyedId = taggedId('host');
export const containerId: KeyedId = taggedId('container');
export const containerImageId: KeyedId = taggedId('container_image');
export const podId: KeyedId = taggedId('pod');
export const serviceId: KeyedId = taggedId('service');
export const deploymentId: KeyedId = taggedId('deployment');
export const replicaSetId: KeyedId = taggedId('replica_set');
export const daemonSetId: KeyedId = taggedId('daemon_set', 'daemonset');
export const statefulSetId: KeyedId = taggedId('stateful_set', 'statefulset');
export const cronJobId: KeyedId = taggedId('cron_job', 'cronjob');
export const jobId: KeyedId = taggedId('job');
export const namespaceId: KeyedId = taggedId('namespace');
export const ecsTaskId: KeyedId = taggedId('ecs_task');
export const swarmServiceId: KeyedId = taggedId('swarm_service');
export const persistentVolumeId: KeyedId = taggedId('persistent_volume');
export const persistentVolumeClaimId: KeyedId = taggedId('persistent_volume_claim');
export const storageClassId: KeyedId = taggedId('storage_class');
export const volumeSnapshotId: KeyedId = taggedId('volume_snapshot');
export const volumeSnapshotDataId: KeyedId = taggedId('volume_snapshot_data');
