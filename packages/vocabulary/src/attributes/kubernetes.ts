import {
  type Attribute,
  addressAttribute,
  datetimeAttribute,
  type Millis,
  numberAttribute,
  textAttribute,
} from '@ridgeline/core';

export const kubernetesName: Attribute<string> = textAttribute('kubernetes_name', 'k8s.name');
export const kubernetesNamespace: Attribute<string> = textAttribute('kubernetes_namespace', 'k8s.namespace');

/** The kind of object in words: `Deployment`, `Persistent Volume`. */
export const kubernetesNodeType: Attribute<string> = textAttribute('kubernetes_node_type', 'k8s.kind');

/** The phase of a pod, or `deleted` for an object that is gone. */
export const kubernetesState: Attribute<string> = textAttribute('kubernetes_state', 'k8s.state');
export const kubernetesIp: Attribute<string> = addressAttribute('kubernetes_ip', 'k8s.ip');
export const kubernetesPublicIp: Attribute<string> = addressAttribute(
  'kubernetes_public_ip',
  'k8s.public-ip',
);
export const kubernetesPorts: Attribute<string> = textAttribute('kubernetes_ports', 'k8s.ports');
export const kubernetesType: Attribute<string> = textAttribute('kubernetes_type', 'k8s.type');
export const kubernetesCreated: Attribute<Millis> = datetimeAttribute('kubernetes_created', 'k8s.created');
export const kubernetesRestarts: Attribute<number> = numberAttribute(
  'kubernetes_restart_count',
  'k8s.restarts',
);

/** Its presence says that the pod shares the network of its host. */
export const podInHostNetwork: Attribute<string> = textAttribute(
  'kubernetes_is_in_host_network',
  'k8s.host-network',
);
export const observedGeneration: Attribute<number> = numberAttribute(
  'kubernetes_observed_generation',
  'k8s.observed-generation',
);
export const desiredReplicas: Attribute<number> = numberAttribute(
  'kubernetes_desired_replicas',
  'k8s.desired-replicas',
);
export const strategy: Attribute<string> = textAttribute('kubernetes_strategy', 'k8s.strategy');
export const schedule: Attribute<string> = textAttribute('kubernetes_schedule', 'k8s.schedule');
export const suspended: Attribute<string> = textAttribute('kubernetes_suspended', 'k8s.suspended');
export const activeJobs: Attribute<number> = numberAttribute('kubernetes_active_jobs', 'k8s.active-jobs');
export const lastScheduled: Attribute<Millis> = datetimeAttribute(
  'kubernetes_last_scheduled',
  'k8s.last-scheduled',
);

/** Keys under this prefix are labels. */
export const KUBERNETES_LABEL = 'kubernetes_labels_';

/** The claims a pod uses (joined by `;`), or the one that a volume or snapshot is of. */
export const volumeClaim: Attribute<string> = textAttribute('kubernetes_volume_claim', 'k8s.volume-claim');
export const volumeName: Attribute<string> = textAttribute('kubernetes_volume_name', 'k8s.volume');
export const volumeCapacity: Attribute<string> = textAttribute(
  'kubernetes_volume_capacity',
  'k8s.volume-capacity',
);
export const volumeStatus: Attribute<string> = textAttribute('kubernetes_status', 'k8s.status');
export const accessModes: Attribute<string> = textAttribute('kubernetes_access_modes', 'k8s.access-modes');
export const storageClassName: Attribute<string> = textAttribute(
  'kubernetes_storage_class_name',
  'k8s.storage-class',
);
export const storageDriver: Attribute<string> = textAttribute(
  'kubernetes_storage_driver',
  'k8s.storage-driver',
);
export const provisioner: Attribute<string> = textAttribute('kubernetes_provisioner', 'k8s.provisioner');

/** The data of a snapshot. The key is misspelt in the reports of all probes. */
export const snapshotData: Attribute<string> = textAttribute('kuberneets_snapshot_data', 'k8s.snapshot-data');
export const snapshotName: Attribute<string> = textAttribute(
  'kubernetes_volume_snapshot_name',
  'k8s.snapshot',
);
