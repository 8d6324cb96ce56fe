import { defineTopology, type TopologyDefinition } from '@ridgeline/core';
import { containerHostname } from '../attributes/container.ts';
import { processName } from '../attributes/process.ts';
import { stackOf } from './counted.ts';

function defineGroup(of: string, key: string, shape: string): TopologyDefinition {
  return defineTopology({
    name: `group:${of}:${key}`,
    templates: { shape },
    appearance: stackOf(of, (node) => ({ label: node.id, rank: node.id })),
  });
}

/** Processes of one name, on whatever host. */
export const processesOfName: TopologyDefinition = defineGroup('process', processName.key, 'square');

/** Containers of one host name: replicas of one service, mostly. */
export const containersOfHostname: TopologyDefinition = defineGroup(
  'container',
  containerHostname.key,
  'hexagon',
);
