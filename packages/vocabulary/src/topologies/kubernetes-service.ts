import { defineTopology, type TopologyDefinition } from '@ridgeline/core';
import { stackOf } from './counted.ts';
import {
  containerMetrics,
  countRow,
  describeControl,
  kubernetesAppearance,
  kubernetesLabels,
  latestRow,
} from './kubernetes-appearance.ts';

/** A Kubernetes service. */
export const service: TopologyDefinition = defineTopology({
  name: 'service',
  templates: {
    shape: 'heptagon',
    label: 'service',
    labelPlural: 'services',
    metadata: [
      latestRow('kubernetes_namespace', 'Namespace', 2),
      latestRow('kubernetes_created', 'Created', 3, 'datetime'),
      latestRow('kubernetes_public_ip', 'Public IP', 4, 'ip'),
      latestRow('kubernetes_ip', 'Internal IP', 5, 'ip'),
      countRow('pod', '# Pods', 6),
      latestRow('kubernetes_type', 'Type', 7),
      latestRow('kubernetes_ports', 'Ports', 8),
    ],
    metrics: containerMetrics,
    tables: [kubernetesLabels],
    controls: [describeControl],
  },
  appearance: stackOf('pod', kubernetesAppearance),
  view: 'services',
});
