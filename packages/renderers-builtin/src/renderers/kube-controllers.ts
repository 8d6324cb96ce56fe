import { defineRenderer, type RendererDef, reduce, select } from '@ridgeline/core';
import { singleMetrics } from '../stages/single-metrics.ts';
import { toParents } from '../stages/to-parents.ts';
import { pods, whenKubernetes } from './pods.ts';

const CONTROLLERS = ['deployment', 'daemon_set', 'stateful_set', 'cron_job', 'job'] as const;

/** What makes pods, with the connections of those pods, and what is unmanaged on each host. */
export const kubeControllers: RendererDef = defineRenderer({
  name: 'kube-controllers',
  plan: whenKubernetes(
    reduce(
      ...CONTROLLERS.map(select),
      singleMetrics(toParents(pods.plan, CONTROLLERS, { without: 'unmanaged' }), 'pod'),
    ),
  ),
  declares: { monotone: false, selfLoops: 'keep', readsIds: true },
});
