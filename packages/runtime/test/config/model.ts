import {
  attributeField,
  test as compare,
  defineFilter,
  definePlugin,
  defineRenderer,
  defineSource,
  defineTopology,
  defineView,
  group,
  type NodeId,
  type OptionGroup,
  type Plugin,
  prefixedField,
  type SourceDef,
  select,
  textAttribute,
} from '@ridgeline/core';
import { NEVER } from 'rxjs';
import * as z from 'zod';
import type { OfferedSource } from '../../src/config/resolve-sources.ts';

const state = textAttribute('docker_container_state', 'docker.state');
const image = textAttribute('docker_image_name', 'docker.image');

const systemGroup: OptionGroup = {
  id: 'system',
  default: 'application',
  selectType: 'one',
  values: [
    { value: 'system', label: 'System', clauses: [{ expr: compare('label.role', '=', 'system') }] },
    { value: 'application', label: 'Application', clauses: [{ expr: compare('label.role', '=', 'app') }] },
    { value: 'all', label: 'All' },
  ],
};

const containers = select('container');

/** A small world for configs to speak of: what it knows does not change with what is built in. */
export const modelPlugin: Plugin = definePlugin({
  name: 'model',
  contribute: () => ({
    topologies: [defineTopology({ name: 'container' }), defineTopology({ name: 'image' })],
    fields: [
      attributeField(state, 'the state'),
      attributeField(image, 'the image'),
      attributeField(textAttribute('name'), 'the name'),
      prefixedField('label.', 'a label', ['label_']),
    ],
    filters: [
      defineFilter({
        name: 'running',
        description: 'containers that run',
        build: () => compare('docker.state', '=', 'running'),
      }),
      defineFilter({
        name: 'state',
        description: 'containers in a state',
        parameters: [{ name: 'is', required: true }],
        options: z.object({ is: z.enum(['running', 'exited']) }),
        build: ({ is }) => compare('docker.state', '=', is),
      }),
      defineFilter({
        name: 'real',
        description: 'no pseudo nodes',
        pseudo: 'test',
        build: () => (node) => !node.pseudo,
      }),
    ],
    views: [
      defineView({
        name: 'containers',
        label: 'Containers',
        renderer: defineRenderer({ name: 'containers', plan: containers }),
        options: [systemGroup],
      }),
      defineView({
        name: 'images',
        label: 'Images',
        parent: 'containers',
        site: containers,
        renderer: defineRenderer({
          name: 'images',
          plan: group(containers, { into: 'image', by: (node) => node.get(image) as NodeId | undefined }),
        }),
        options: [{ ...systemGroup, id: 'role', selectType: 'union' }],
      }),
    ],
  }),
})();

const probe = defineSource({
  name: 'probe',
  description: 'reports nothing',
  produces: ['container'],
  options: z.strictObject({
    every: z.number().int().min(50).default(1000),
    ringBytes: z.number().int().default(4096),
    root: z.string().default('/'),
    deep: z.strictObject({ keep: z.array(z.string()).default([]) }).optional(),
  }),
  interval: ({ every }) => every,
  connect: () => NEVER,
});

const recorder = defineSource({
  name: 'recorder',
  description: 'needs a file',
  produces: [],
  options: z.strictObject({ file: z.string() }),
  interval: () => 1000,
  connect: () => NEVER,
});

/** One source that runs by itself, one that does not. */
export const modelSources: readonly OfferedSource[] = [
  { def: probe as SourceDef<never>, isDefault: true },
  { def: recorder as SourceDef<never>, isDefault: false },
];
