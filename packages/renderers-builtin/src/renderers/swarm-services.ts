import { defineRenderer, type RendererDef, reduce, select, whenReported, where } from '@ridgeline/core';
import { isRunning } from '@ridgeline/filters-builtin';
import { singleMetrics } from '../stages/single-metrics.ts';
import { toParents } from '../stages/to-parents.ts';
import { containersWithImageNames } from './containers.ts';

/** Services of Docker Swarm, with the connections of their containers. */
export const swarmServices: RendererDef = defineRenderer({
  name: 'swarm-services',
  plan: whenReported(
    ['swarm_service'],
    reduce(
      select('swarm_service'),
      singleMetrics(
        toParents(where(containersWithImageNames, isRunning), ['swarm_service'], { without: 'unmanaged' }),
        'container',
      ),
    ),
  ),
  declares: { monotone: false, selfLoops: 'keep', readsIds: true },
});
