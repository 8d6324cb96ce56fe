import {
  asNodeId,
  attributeField,
  test as compare,
  definePlugin,
  defineRenderer,
  defineTopology,
  defineView,
  group,
  makeReport,
  type NodeId,
  type Plugin,
  type Report,
  type SymbolTable,
  select,
  TopologyBuilder,
  textAttribute,
} from '@ridgeline/core';

const state = textAttribute('docker_container_state', 'docker.state');
const image = textAttribute('docker_image', 'docker.image');
const role = textAttribute('role', 'role');

/** A container as a test states it. */
export interface ContainerFacts {
  readonly id: string;
  readonly state?: string;
  readonly image?: string;
  readonly role?: string;
  readonly to?: readonly string[];
}

/** A report of containers. */
export function containersReport(
  symbols: SymbolTable,
  containers: readonly ContainerFacts[],
  window = { from: 0, to: 1000 },
): Report {
  const builder = new TopologyBuilder('container', symbols, window.to);
  for (const container of containers) {
    const row = builder.row(asNodeId(container.id));
    if (container.state !== undefined) builder.set(row, state, container.state);
    if (container.image !== undefined) builder.set(row, image, container.image);
    if (container.role !== undefined) builder.set(row, role, container.role);
    for (const to of container.to ?? []) builder.edge(row, asNodeId(to));
  }
  return makeReport({ symbols, window, topologies: [builder.build()] });
}

const containers = select('container');

/** Two views: containers, and containers by image whose filters act on containers. */
export const containersPlugin: Plugin = definePlugin({
  name: 'containers-model',
  contribute: () => ({
    topologies: [
      defineTopology({ name: 'container', templates: { shape: 'hexagon', label: 'container' } }),
      defineTopology({ name: 'image' }),
    ],
    fields: [
      attributeField(state, 'the state'),
      attributeField(image, 'the image'),
      attributeField(role, 'the role'),
    ],
    views: [
      defineView({
        name: 'containers',
        label: 'Containers',
        renderer: defineRenderer({ name: 'containers', plan: containers }),
        options: [
          {
            id: 'stopped',
            default: 'both',
            selectType: 'one',
            values: [
              {
                value: 'running',
                label: 'Running',
                clauses: [{ expr: compare('docker.state', '=', 'running') }],
              },
              { value: 'both', label: 'Both' },
            ],
          },
        ],
      }),
      defineView({
        name: 'by-image',
        label: 'By image',
        parent: 'containers',
        site: containers,
        renderer: defineRenderer({
          name: 'by-image',
          plan: group(containers, { into: 'image', by: (node) => node.get(image) as NodeId | undefined }),
        }),
      }),
    ],
  }),
})();
