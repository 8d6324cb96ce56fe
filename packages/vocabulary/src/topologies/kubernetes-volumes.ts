import {
  type ControlTemplate,
  defineTopology,
  type MetadataTemplate,
  type TopologyDefinition,
} from '@ridgeline/core';
import {
  describeControl,
  kubernetesAppearance,
  kubernetesLabels,
  latestRow,
} from './kubernetes-appearance.ts';

const type = latestRow('kubernetes_node_type', 'Type', 1);

/** What volumes, claims, classes and snapshots have in common: they are shown among the pods. */
function defineVolume(spec: {
  readonly name: string;
  readonly shape: string;
  readonly tag?: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly members: string;
  readonly metadata: readonly MetadataTemplate[];
  readonly controls?: readonly ControlTemplate[];
}): TopologyDefinition {
  return defineTopology({
    name: spec.name,
    templates: {
      shape: spec.shape,
      ...(spec.tag === undefined ? {} : { tag: spec.tag }),
      label: spec.label,
      labelPlural: spec.labelPlural,
      metadata: spec.metadata,
      tables: [kubernetesLabels],
      controls: [...(spec.controls ?? []), describeControl],
    },
    appearance: kubernetesAppearance,
    view: 'pods',
    members: { label: spec.members },
  });
}

export const persistentVolume: TopologyDefinition = defineVolume({
  name: 'persistent_volume',
  shape: 'cylinder',
  label: 'persistent volume',
  labelPlural: 'persistent volumes',
  members: 'Persistent Volumes',
  metadata: [
    type,
    latestRow('kubernetes_volume_claim', 'Volume claim', 2),
    latestRow('kubernetes_storage_class_name', 'Storage class', 3),
    latestRow('kubernetes_access_modes', 'Access modes', 5),
    latestRow('kubernetes_status', 'Status', 6),
    latestRow('kubernetes_storage_driver', 'Storage driver', 7),
  ],
});

export const persistentVolumeClaim: TopologyDefinition = defineVolume({
  name: 'persistent_volume_claim',
  shape: 'dottedcylinder',
  label: 'persistent volume claim',
  labelPlural: 'persistent volume claims',
  members: 'Persistent Volume Claims',
  metadata: [
    type,
    latestRow('kubernetes_namespace', 'Namespace', 2),
    latestRow('kubernetes_status', 'Status', 3),
    latestRow('kubernetes_volume_name', 'Volume', 4),
    latestRow('kubernetes_storage_class_name', 'Storage class', 5),
    latestRow('kubernetes_volume_capacity', 'Capacity', 6),
  ],
  controls: [
    { id: 'kubernetes_create_volume_snapshot', human: 'Create snapshot', icon: 'fa fa-camera', rank: 0 },
  ],
});

export const storageClass: TopologyDefinition = defineVolume({
  name: 'storage_class',
  shape: 'sheet',
  label: 'storage class',
  labelPlural: 'storage classes',
  members: 'Storage Classes',
  metadata: [
    type,
    latestRow('kubernetes_name', 'Name', 2),
    latestRow('kubernetes_provisioner', 'Provisioner', 3),
  ],
});

export const volumeSnapshot: TopologyDefinition = defineVolume({
  name: 'volume_snapshot',
  shape: 'dottedcylinder',
  tag: 'camera',
  label: 'volume snapshot',
  labelPlural: 'volume snapshots',
  members: 'Volume Snapshots',
  metadata: [
    type,
    // Labelled so by the original, which shows no name of the snapshot beside its label.
    latestRow('kubernetes_namespace', 'Name', 2),
    latestRow('kubernetes_volume_claim', 'Persistent volume claim', 3),
    latestRow('kuberneets_snapshot_data', 'Volume snapshot data', 4),
  ],
  controls: [
    { id: 'kubernetes_clone_volume_snapshot', human: 'Clone snapshot', icon: 'far fa-clone', rank: 0 },
    { id: 'kubernetes_delete_volume_snapshot', human: 'Delete', icon: 'far fa-trash-alt', rank: 1 },
  ],
});

export const volumeSnapshotData: TopologyDefinition = defineVolume({
  name: 'volume_snapshot_data',
  shape: 'cylinder',
  tag: 'camera',
  label: 'volume snapshot data',
  labelPlural: 'volume snapshot data',
  members: 'Volume Snapshot Data',
  metadata: [
    type,
    latestRow('kubernetes_volume_name', 'Persistent volume', 2),
    latestRow('kubernetes_volume_snapshot_name', 'Volume snapshot', 3),
  ],
});
