import { defineTopology, type TopologyDefinition } from '@ridgeline/core';
import { countText } from './counted.ts';
import {
  containerMetrics,
  countRow,
  describeControl,
  kubernetesAppearance,
  kubernetesLabels,
  latestRow,
} from './kubernetes-appearance.ts';

export const pod: TopologyDefinition = defineTopology({
  name: 'pod',
  templates: {
    shape: 'heptagon',
    label: 'pod',
    labelPlural: 'pods',
    metadata: [
      latestRow('kubernetes_state', 'State', 2),
      latestRow('kubernetes_ip', 'IP', 3, 'ip'),
      countRow('container', '# Containers', 4),
      latestRow('kubernetes_namespace', 'Namespace', 5),
      latestRow('kubernetes_created', 'Created', 6, 'datetime'),
      latestRow('kubernetes_restart_count', 'Restart #', 7),
    ],
    metrics: containerMetrics,
    tables: [kubernetesLabels],
    controls: [
      { id: 'kubernetes_get_logs', human: 'Get logs', icon: 'fa fa-desktop', rank: 0 },
      {
        id: 'kubernetes_delete_pod',
        human: 'Delete',
        icon: 'far fa-trash-alt',
        confirmation: 'Are you sure you want to delete this pod?',
        rank: 3,
      },
      describeControl,
    ],
  },
  appearance: (node, scope) => ({
    ...kubernetesAppearance(node),
    labelMinor: countText(node, scope, 'container'),
  }),
  view: 'pods',
  members: {
    label: 'Pods',
    columns: [
      { id: 'kubernetes_state', label: 'State' },
      { id: 'container', label: '# Containers', dataType: 'number' },
      { id: 'kubernetes_ip', label: 'IP', dataType: 'ip' },
    ],
  },
});
