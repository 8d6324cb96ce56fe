import { defineTopology, type TopologyDefinition } from '@ridgeline/core';
import { ecsTaskFamily } from '../attributes/ecs.ts';
import { ecsServiceName } from '../ids/ecs-service-id.ts';
import { firstPart } from '../rules/host-of.ts';
import { latestRow } from './kubernetes-appearance.ts';

export const ecsTask: TopologyDefinition = defineTopology({
  name: 'ecs_task',
  templates: {
    shape: 'heptagon',
    label: 'task',
    labelPlural: 'tasks',
    metadata: [
      latestRow('ecs_cluster', 'Cluster', 0),
      latestRow('ecs_created_at', 'Created at', 1, 'datetime'),
      latestRow('ecs_task_family', 'Family', 2),
    ],
  },
  appearance: (node) => ({ label: node.get(ecsTaskFamily) ?? firstPart(node.id) }),
  view: 'ecs-tasks',
  members: { label: 'Tasks', columns: [{ id: 'ecs_created_at', label: 'Created At', dataType: 'datetime' }] },
});

export const ecsService: TopologyDefinition = defineTopology({
  name: 'ecs_service',
  templates: {
    shape: 'heptagon',
    label: 'service',
    labelPlural: 'services',
    metadata: [
      latestRow('ecs_cluster', 'Cluster', 0),
      latestRow('ecs_created_at', 'Created at', 1, 'datetime'),
      latestRow('ecs_service_desired_count', 'Desired tasks', 2, 'number'),
      latestRow('ecs_service_running_count', 'Running tasks', 3, 'number'),
    ],
    controls: [
      { id: 'ecs_scale_down', human: 'Scale down', icon: 'fa fa-minus', rank: 0 },
      { id: 'ecs_scale_up', human: 'Scale up', icon: 'fa fa-plus', rank: 1 },
    ],
  },
  appearance: (node) => ({ label: ecsServiceName(node.id), stack: true }),
  view: 'ecs-services',
});
