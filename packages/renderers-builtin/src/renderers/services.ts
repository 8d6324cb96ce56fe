import { defineRenderer, type RendererDef, reduce, select } from '@ridgeline/core';
import { singleMetrics } from '../stages/single-metrics.ts';
import { toParents } from '../stages/to-parents.ts';
import { pods, whenKubernetes } from './pods.ts';

/** Kubernetes services, with the connections of their pods. */
export const services: RendererDef = defineRenderer({
  name: 'services',
  plan: whenKubernetes(reduce(select('service'), singleMetrics(toParents(pods.plan, ['service']), 'pod'))),
  declares: { monotone: false, selfLoops: 'keep', readsIds: true },
});
