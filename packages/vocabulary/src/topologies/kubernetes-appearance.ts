import type {
  Appearance,
  MetadataTemplate,
  MetricTemplate,
  NodeReader,
  TableTemplate,
} from '@ridgeline/core';
import { DOCKER_CPU, DOCKER_MEMORY } from '../attributes/container.ts';
import { KUBERNETES_LABEL, kubernetesName, kubernetesNamespace } from '../attributes/kubernetes.ts';
import { firstPart } from '../rules/host-of.ts';

/** How any Kubernetes object is called: its name, ranked by namespace. */
export function kubernetesAppearance(node: NodeReader): Pick<Appearance, 'label' | 'rank'> {
  const name = node.get(kubernetesName) ?? '';
  const label = name === '' ? firstPart(node.id) : name;
  return { label, rank: `${node.get(kubernetesNamespace) ?? ''}/${label}` };
}

/** The labels of any Kubernetes object. */
export const kubernetesLabels: TableTemplate = {
  id: KUBERNETES_LABEL,
  label: 'Kubernetes labels',
  prefix: KUBERNETES_LABEL,
  type: 'property-list',
};

/** The control that any Kubernetes object has. */
export const describeControl: {
  readonly id: string;
  readonly human: string;
  readonly icon: string;
  readonly rank: number;
} = { id: 'kubernetes_describe', human: 'Describe', icon: 'fa fa-file-text', rank: 2 };

/** Metrics that workloads take over from their only container. */
export const containerMetrics: readonly MetricTemplate[] = [
  { id: DOCKER_CPU, label: 'CPU', format: 'percent', priority: 1 },
  { id: DOCKER_MEMORY, label: 'Memory', format: 'filesize', priority: 2 },
];

/** A row from the latest values. */
export function latestRow(
  id: string,
  label: string,
  priority: number,
  dataType?: 'number' | 'ip' | 'datetime',
): MetadataTemplate {
  return { id, label, from: 'latest', priority, ...(dataType === undefined ? {} : { dataType }) };
}

/** A row that counts members. */
export function countRow(id: string, label: string, priority: number): MetadataTemplate {
  return { id, label, from: 'counters', dataType: 'number', priority };
}
