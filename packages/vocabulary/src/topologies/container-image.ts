import { defineTopology, type TopologyDefinition } from '@ridgeline/core';
import { DOCKER_IMAGE_LABEL, imageName } from '../attributes/container.ts';
import { firstPart } from '../rules/host-of.ts';
import { imageNameWithoutTag } from '../rules/image-name.ts';
import { stackOf } from './counted.ts';

/** What Docker calls an image that has lost its name. */
const NAMELESS = ['', '<none>'];

export const containerImage: TopologyDefinition = defineTopology({
  name: 'container_image',
  templates: {
    shape: 'hexagon',
    label: 'image',
    labelPlural: 'images',
    metadata: [{ id: 'container', label: '# Containers', from: 'counters', dataType: 'number', priority: 2 }],
    tables: [
      { id: DOCKER_IMAGE_LABEL, label: 'Docker labels', prefix: DOCKER_IMAGE_LABEL, type: 'property-list' },
    ],
  },
  appearance: stackOf('container', (node) => {
    const name = node.get(imageName) ?? '';
    const short = imageNameWithoutTag(name);
    const label = [short, name].find((candidate) => !NAMELESS.includes(candidate)) ?? firstPart(node.id);
    return { label, rank: label };
  }),
  view: 'containers-by-image',
  members: { label: 'Container images' },
});
