import type { TopologyDefinition } from '@ridgeline/core';
import { container } from './container.ts';
import { containerImage } from './container-image.ts';
import { ecsService, ecsTask } from './ecs.ts';
import { endpoint } from './endpoint.ts';
import { containersOfHostname, processesOfName } from './groups.ts';
import { host } from './host.ts';
import {
  cronJob,
  daemonSet,
  deployment,
  job,
  namespaceTopology,
  replicaSet,
  statefulSet,
} from './kubernetes-controllers.ts';
import { service } from './kubernetes-service.ts';
import {
  persistentVolume,
  persistentVolumeClaim,
  storageClass,
  volumeSnapshot,
  volumeSnapshotData,
} from './kubernetes-volumes.ts';
import { overlay } from './overlay.ts';
import { pod } from './pod.ts';
import { process } from './process.ts';
import { pseudo } from './pseudo.ts';
import { swarmService } from './swarm-service.ts';

/** All topologies known here, in the order in which a node's parents are listed (RULES.md §7). */
export const topologies: readonly TopologyDefinition[] = Object.freeze([
  container,
  containerImage,
  pod,
  deployment,
  daemonSet,
  statefulSet,
  cronJob,
  service,
  ecsTask,
  ecsService,
  swarmService,
  host,
  endpoint,
  process,
  job,
  replicaSet,
  namespaceTopology,
  persistentVolume,
  persistentVolumeClaim,
  storageClass,
  volumeSnapshot,
  volumeSnapshotData,
  overlay,
  processesOfName,
  containersOfHostname,
  pseudo,
]);
