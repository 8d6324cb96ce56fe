import { defineRenderer, group, type RendererDef, select } from '@ridgeline/core';
import { teamId, teamLabel } from './teams.ts';

/**
 * Containers by team; those without one are numbered as they come.
 *
 * What is wrong with it: rows have no order. A report that says the same in another order gives another picture, and so
 * does the same report a second time.
 */
export function brokenTeams(): RendererDef {
  let nameless = 0;
  return defineRenderer({
    name: 'broken-teams',
    plan: group(select('container'), {
      into: 'team',
      by: (container) => teamId.encode(container.get(teamLabel) ?? `nameless-${++nameless}`),
    }),
  });
}
