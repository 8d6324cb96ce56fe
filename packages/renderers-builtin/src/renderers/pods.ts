import {
  and,
  decorate,
  defineRenderer,
  type GroupPlan,
  type NodeId,
  type NodeReader,
  not,
  oneOf,
  type Plan,
  type RendererDef,
  type Row,
  readNode,
  reduce,
  type Topology,
  type TopologyName,
  whenReported,
  where,
} from '@ridgeline/core';
import { isPause, isRunning } from '@ridgeline/filters-builtin';
import { kubernetesIp, kubernetesState, podInHostNetwork } from '@ridgeline/vocabulary';
import { joinEndpoints } from '../stages/group-endpoints.ts';
import { singleMetrics } from '../stages/single-metrics.ts';
import { toParents } from '../stages/to-parents.ts';
import { containersWithImageNames } from './containers.ts';
import { volumesOfPods } from './volumes.ts';

/** Reports that have a node of one of these come from a cluster. */
const KUBERNETES: readonly TopologyName[] = [
  'pod',
  'service',
  'deployment',
  'daemon_set',
  'stateful_set',
  'cron_job',
  'job',
  'persistent_volume',
  'persistent_volume_claim',
  'storage_class',
];

/** Follows a plan only when a source reports a Kubernetes cluster. */
export function whenKubernetes(of: Plan): Plan {
  return whenReported(KUBERNETES, of);
}

/** Pods with the connections that are theirs by address. */
export const podsByAddress: GroupPlan = joinEndpoints('pod', (pod: NodeReader) => {
  const address = pod.get(kubernetesIp) ?? '';
  return address === '' || pod.raw(podInHostNetwork.key) !== undefined ? [] : [`;${address};`];
});

/** Containers that run what a pod is for, under their pods. */
const podsOfContainers: Plan = toParents(
  where(containersWithImageNames, and(isRunning, not(isPause))),
  ['pod'],
  { without: 'unmanaged' },
);

/** Pods that do not say on which host they are, on that of their first container that says it. */
const podsOnHosts: Plan = decorate(podsOfContainers, {
  name: 'hosts of pods',
  writes: ['host'],
  by: (_, input) => (pod, write, row) => {
    if (pod.topology !== 'pod' || pod.parents('host').length > 0) return;
    const hosts = firstMemberHosts(input, row);
    if (hosts !== undefined) write.setParents('host', hosts);
  },
});

/** Pods, with what is unmanaged on each host, and the volumes that pods claim. */
export const pods: RendererDef = defineRenderer({
  name: 'pods',
  plan: whenKubernetes(
    where(
      reduce(singleMetrics(podsOnHosts, 'container'), podsByAddress, volumesOfPods),
      not(oneOf(kubernetesState.field, ['deleted', 'Failed'])),
    ),
  ),
  declares: { monotone: false, selfLoops: 'keep', readsIds: true },
});

/** The hosts of the first container of a pod, by id, that is on any. */
function firstMemberHosts(input: Topology, pod: Row): readonly NodeId[] | undefined {
  let first: NodeReader | undefined;
  input.eachDirectMember(pod, (from, row) => {
    const member = readNode(from, row);
    if (member.parents('host').length > 0 && (first === undefined || member.id < first.id)) first = member;
  });
  return first?.parents('host');
}
