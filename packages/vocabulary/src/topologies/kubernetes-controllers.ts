import {
  type ControlTemplate,
  defineTopology,
  type MetadataTemplate,
  type TopologyDefinition,
} from '@ridgeline/core';
import { stackOf } from './counted.ts';
import {
  containerMetrics,
  countRow,
  describeControl,
  kubernetesAppearance,
  kubernetesLabels,
  latestRow,
} from './kubernetes-appearance.ts';

const type = latestRow('kubernetes_node_type', 'Type', 1);
const namespace = latestRow('kubernetes_namespace', 'Namespace', 2);
const created = latestRow('kubernetes_created', 'Created', 3, 'datetime');

const replicaRows: readonly MetadataTemplate[] = [
  type,
  namespace,
  created,
  latestRow('kubernetes_observed_generation', 'Observed gen.', 4, 'number'),
  latestRow('kubernetes_desired_replicas', 'Desired replicas', 5, 'number'),
  countRow('pod', '# Pods', 6),
];

/** What all controllers of pods have in common; `kind` is how its appearance calls it. */
function defineController(spec: {
  readonly name: string;
  readonly kind: string;
  readonly shape: string;
  readonly label: string;
  readonly metadata: readonly MetadataTemplate[];
  readonly controls?: readonly ControlTemplate[];
  readonly isParent?: boolean;
}): TopologyDefinition {
  return defineTopology({
    name: spec.name,
    templates: {
      shape: spec.shape,
      label: spec.label,
      labelPlural: `${spec.label}s`,
      metadata: spec.metadata,
      metrics: containerMetrics,
      tables: [kubernetesLabels],
      controls: [...(spec.controls ?? []), describeControl],
    },
    appearance: stackOf('pod', kubernetesAppearance, `${spec.kind} of `),
    ...(spec.isParent === false ? {} : { view: 'kube-controllers' }),
  });
}

export const deployment: TopologyDefinition = defineController({
  name: 'deployment',
  kind: 'Deployment',
  shape: 'heptagon',
  label: 'deployment',
  metadata: [...replicaRows, latestRow('kubernetes_strategy', 'Strategy', 7)],
  controls: [
    { id: 'kubernetes_scale_down', human: 'Scale down', icon: 'fa fa-minus', rank: 0 },
    { id: 'kubernetes_scale_up', human: 'Scale up', icon: 'fa fa-plus', rank: 1 },
  ],
});

export const daemonSet: TopologyDefinition = defineController({
  name: 'daemon_set',
  kind: 'DaemonSet',
  shape: 'pentagon',
  label: 'daemonset',
  metadata: [
    type,
    namespace,
    created,
    latestRow('kubernetes_desired_replicas', 'Desired replicas', 4, 'number'),
    countRow('pod', '# Pods', 5),
  ],
});

export const statefulSet: TopologyDefinition = defineController({
  name: 'stateful_set',
  kind: 'StatefulSet',
  shape: 'octagon',
  label: 'stateful set',
  metadata: replicaRows,
});

export const cronJob: TopologyDefinition = defineController({
  name: 'cron_job',
  kind: 'CronJob',
  shape: 'triangle',
  label: 'cron job',
  metadata: [
    type,
    namespace,
    created,
    latestRow('kubernetes_schedule', 'Schedule', 4),
    latestRow('kubernetes_last_scheduled', 'Last scheduled', 5, 'datetime'),
    latestRow('kubernetes_suspended', 'Suspended', 6),
    latestRow('kubernetes_active_jobs', '# Jobs', 7, 'number'),
    countRow('pod', '# Pods', 8),
  ],
});

/** Scope links no node to its jobs, though it shows them among the controllers. */
export const job: TopologyDefinition = defineController({
  name: 'job',
  kind: 'Job',
  shape: 'dottedtriangle',
  label: 'job',
  metadata: [
    type,
    latestRow('kubernetes_name', 'Name', 2),
    latestRow('kubernetes_namespace', 'Namespace', 3),
    latestRow('kubernetes_created', 'Created', 4, 'datetime'),
    countRow('pod', '# Pods', 5),
  ],
  isParent: false,
});

/** Probes of older versions report them between pods and deployments; they are not shown. */
export const replicaSet: TopologyDefinition = defineTopology({
  name: 'replica_set',
  templates: {
    shape: 'triangle',
    label: 'replica set',
    labelPlural: 'replica sets',
    tables: [kubernetesLabels],
  },
  appearance: stackOf('pod', kubernetesAppearance),
});

/** Namespaces are what views are narrowed to; they are not shown. */
export const namespaceTopology: TopologyDefinition = defineTopology({
  name: 'namespace',
  templates: { label: 'namespace', labelPlural: 'namespaces', tables: [kubernetesLabels] },
  appearance: kubernetesAppearance,
});
