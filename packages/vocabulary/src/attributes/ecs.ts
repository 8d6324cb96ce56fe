import {
  type Attribute,
  datetimeAttribute,
  type Millis,
  numberAttribute,
  textAttribute,
} from '@ridgeline/core';

export const ecsCluster: Attribute<string> = textAttribute('ecs_cluster', 'ecs.cluster');
export const ecsCreated: Attribute<Millis> = datetimeAttribute('ecs_created_at', 'ecs.created');
export const ecsTaskFamily: Attribute<string> = textAttribute('ecs_task_family', 'ecs.family');
export const ecsDesiredTasks: Attribute<number> = numberAttribute(
  'ecs_service_desired_count',
  'ecs.desired-tasks',
);
export const ecsRunningTasks: Attribute<number> = numberAttribute(
  'ecs_service_running_count',
  'ecs.running-tasks',
);
