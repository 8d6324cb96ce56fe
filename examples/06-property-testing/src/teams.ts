import { defineRenderer, group, type RendererDef, select, taggedId, textAttribute } from '@ridgeline/core';

export const teamLabel = textAttribute('docker_label_team');
export const teamId = taggedId('team');

/** Containers by team; those without one are left out. */
export const teams: RendererDef = defineRenderer({
  name: 'teams',
  plan: group(select('container'), {
    into: 'team',
    by: (container) => {
      const team = container.get(teamLabel);
      return team === undefined ? undefined : teamId.encode(team);
    },
  }),
  declares: { monotone: false },
});
