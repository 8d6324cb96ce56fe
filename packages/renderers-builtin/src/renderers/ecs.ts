import { defineRenderer, type RendererDef, reduce, select, whenReported, where } from '@ridgeline/core';
import { isRunning } from '@ridgeline/filters-builtin';
import { singleMetrics } from '../stages/single-metrics.ts';
import { toParents } from '../stages/to-parents.ts';
import { containersWithImageNames } from './containers.ts';

const ECS = ['ecs_task', 'ecs_service'];

/** Tasks of Amazon ECS, with the connections of their containers. */
export const ecsTasks: RendererDef = defineRenderer({
  name: 'ecs-tasks',
  plan: whenReported(
    ECS,
    reduce(
      select('ecs_task'),
      singleMetrics(
        toParents(where(containersWithImageNames, isRunning), ['ecs_task'], { without: 'unmanaged' }),
        'container',
      ),
    ),
  ),
  declares: { monotone: false, selfLoops: 'keep', readsIds: true },
});

/** Services of Amazon ECS, with the connections of their tasks. */
export const ecsServices: RendererDef = defineRenderer({
  name: 'ecs-services',
  plan: whenReported(
    ECS,
    reduce(select('ecs_service'), singleMetrics(toParents(ecsTasks.plan, ['ecs_service']), 'ecs_task')),
  ),
  declares: { monotone: false, selfLoops: 'keep', readsIds: true },
});
