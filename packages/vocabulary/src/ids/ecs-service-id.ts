import { type IdKind, joinedId, splitId } from '@ridgeline/core';

/** Ids of ECS services: `cluster;name`. They look like ids of processes: the topology tells them apart. */
export const ecsServiceId: IdKind<readonly [cluster: string, name: string]> = joinedId<
  readonly [cluster: string, name: string]
>('ecs_service', [undefined, undefined]);

/** The name in an id of an ECS service, also in the form of older probes, `name;<ecs_service>`. */
export function ecsServiceName(id: string): string {
  const [first = '', second] = splitId(id);
  return second === undefined || second === '<ecs_service>' ? first : second;
}
