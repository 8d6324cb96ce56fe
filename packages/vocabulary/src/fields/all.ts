import {
  computedField,
  countKeys,
  type Field,
  metricField,
  prefixedField,
  readNode,
  unescapePart,
} from '@ridgeline/core';
import {
  containerName,
  DOCKER_CPU,
  DOCKER_ENVIRONMENT,
  DOCKER_IMAGE_LABEL,
  DOCKER_LABEL,
  DOCKER_MEMORY,
  imageName,
} from '../attributes/container.ts';
import { ecsTaskFamily } from '../attributes/ecs.ts';
import { HOST_CPU, HOST_MEMORY, hostName, LOAD_1, LOAD_5, LOAD_15 } from '../attributes/host.ts';
import { KUBERNETES_LABEL, kubernetesName, kubernetesNamespace } from '../attributes/kubernetes.ts';
import { peerNickName } from '../attributes/overlay.ts';
import { OPEN_FILES, PROCESS_CPU, PROCESS_MEMORY, processName } from '../attributes/process.ts';
import { stackNamespace, swarmServiceName } from '../attributes/swarm.ts';
import { firstPart, hostOf } from '../rules/host-of.ts';
import { addressField, portField, protocolField } from './address-fields.ts';
import { attributeFields } from './attribute-fields.ts';
import { nameField } from './name-field.ts';

/** Labels by which Docker's reports say where an orchestrator put a container. */
const POD_NAMESPACE = `${DOCKER_LABEL}io.kubernetes.pod.namespace`;
const STACK = `${DOCKER_LABEL}com.docker.stack.namespace`;

/** A field that is the first of several keys that is there. */
function firstOf(name: string, description: string, keys: readonly string[]): Field {
  return prefixedField(name, description, keys);
}

/** What the filter language can ask of the nodes of our topologies, beside the fields of core. */
export const vocabularyFields: readonly Field[] = Object.freeze([
  ...attributeFields,
  addressField,
  portField,
  protocolField,
  nameField([
    processName.key,
    containerName.key,
    kubernetesName.key,
    hostName.key,
    swarmServiceName.key,
    ecsTaskFamily.key,
    peerNickName.key,
    imageName.key,
  ]),
  computedField('host.name', 'the name of the host it is or is on', 'node', (topology, row) => {
    const node = readNode(topology, row);
    const own = node.get(hostName) ?? hostOf(node);
    if (own !== '') return [own];
    return node.parents('host').map((id) => unescapePart(firstPart(id)));
  }),
  firstOf('k8s.namespace', 'the Kubernetes namespace of an object or of the pod of a container', [
    kubernetesNamespace.key,
    POD_NAMESPACE,
  ]),
  firstOf('swarm.stack', 'the stack of a Swarm service or of a container', [stackNamespace.key, STACK]),
  firstOf('namespace', 'the Kubernetes namespace, else the stack that a container belongs to', [
    kubernetesNamespace.key,
    POD_NAMESPACE,
    STACK,
  ]),
  prefixedField('label.', 'a label of a container, image or Kubernetes object: label.app', [
    DOCKER_LABEL,
    KUBERNETES_LABEL,
    DOCKER_IMAGE_LABEL,
  ]),
  prefixedField('docker.label.', 'a label of a container', [DOCKER_LABEL]),
  prefixedField('docker.image-label.', 'a label of an image, also on its containers', [DOCKER_IMAGE_LABEL]),
  prefixedField('k8s.label.', 'a label of a Kubernetes object', [KUBERNETES_LABEL]),
  prefixedField('env.', 'an environment variable of a container: env.PATH', [DOCKER_ENVIRONMENT]),
  metricField('metric.cpu', 'the newest processor share, in percent', [PROCESS_CPU, DOCKER_CPU, HOST_CPU]),
  metricField('metric.memory', 'the newest memory use, in bytes', [
    PROCESS_MEMORY,
    DOCKER_MEMORY,
    HOST_MEMORY,
  ]),
  metricField('metric.load', 'the newest load average over one minute', [LOAD_1]),
  metricField('metric.load5', 'the newest load average over five minutes', [LOAD_5]),
  metricField('metric.load15', 'the newest load average over fifteen minutes', [LOAD_15]),
  metricField('metric.open-files', 'the newest number of open files', [OPEN_FILES]),
  computedField(
    'metric.',
    'the newest sample of any time series, by its key',
    'node',
    (topology, row, key) => {
      const newest = readNode(topology, row).metric(key)?.samples.at(-1);
      return newest === undefined ? [] : [newest.value];
    },
    (topology) => countKeys(topology, topology.columns.metrics),
  ),
]);
