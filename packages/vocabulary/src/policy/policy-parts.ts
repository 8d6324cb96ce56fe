import type { Redaction, TopologyName } from '@ridgeline/core';
import { containerCommand, DOCKER_ENVIRONMENT } from '../attributes/container.ts';
import { commandLine } from '../attributes/process.ts';

/** Command lines, without their arguments: these hold passwords more often than one likes. */
export const withoutArguments: readonly Redaction[] = [commandLine, containerCommand].map(({ key }) => ({
  key,
  how: 'first-word',
}));

/** No environment variables of containers. */
export const withoutEnvironment: readonly Redaction[] = [{ key: `${DOCKER_ENVIRONMENT}*`, how: 'remove' }];

/** Topologies whose nodes say in which Kubernetes namespace or Swarm stack they are. */
export const namespacedTopologies: readonly TopologyName[] = [
  'container',
  'pod',
  'service',
  'deployment',
  'daemon_set',
  'stateful_set',
  'cron_job',
  'job',
  'replica_set',
  'persistent_volume_claim',
  'volume_snapshot',
  'swarm_service',
];

/** Topologies whose nodes have labels. */
export const labelledTopologies: readonly TopologyName[] = [
  'container',
  'container_image',
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
];
