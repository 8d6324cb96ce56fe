import {
  definePlugin,
  defineRenderer,
  defineTopology,
  defineView,
  group,
  type NodeReader,
  type RendererDef,
  reduce,
  select,
  taggedId,
} from '@ridgeline/core';
import { containers } from '@ridgeline/renderers-builtin';
import { DOCKER_LABEL, KUBERNETES_LABEL } from '@ridgeline/vocabulary';
import * as z from 'zod';

/** Ids of teams: `checkout;<team>`. */
export const teamId = taggedId('team');

/** What a team is, and how it looks. */
export const team = defineTopology({
  name: 'team',
  templates: { shape: 'octagon', label: 'team', labelPlural: 'teams' },
  appearance: (node, { countOf }) => ({
    label: teamId.decode(node.id)?.[0] ?? node.id,
    labelMinor: countOf('container', node.count('container')),
    stack: true,
  }),
  view: 'teams',
});

/** Teams: their containers gathered by a label, and the Kubernetes services that bear the same label joined to them. */
export function teamsBy(label: string): RendererDef {
  const teamOf = (node: NodeReader) => {
    const name = node.raw(DOCKER_LABEL + label) ?? node.raw(KUBERNETES_LABEL + label);
    return name === undefined || name === '' ? undefined : teamId.encode(name);
  };
  return defineRenderer({
    name: 'teams',
    plan: reduce(
      group(containers.plan, { into: 'team', by: teamOf }),
      group(select('service'), { into: 'team', by: teamOf }),
    ),
    // A container may be found to belong to another team, or to none: more facts can take an edge away.
    declares: { monotone: false },
  });
}

/** The plugin: `plugins: [teams({ label: 'squad' })]`. */
export const teams = definePlugin({
  name: 'teams',
  options: z.strictObject({
    label: z.string().min(1).default('team').describe('the label that names the team'),
  }),
  contribute: ({ label }) => {
    const renderer = teamsBy(label);
    return {
      topologies: [team],
      renderers: [renderer],
      views: [
        defineView({
          name: 'teams',
          label: 'Teams',
          parent: 'containers',
          renderer,
          // Filters act on the containers: "stopped" means here what it means there.
          site: containers.plan,
        }),
      ],
    };
  },
});
