import { defineTopology, type TopologyDefinition } from '@ridgeline/core';
import { swarmServiceName } from '../attributes/swarm.ts';
import { firstPart } from '../rules/host-of.ts';
import { latestRow } from './kubernetes-appearance.ts';

export const swarmService: TopologyDefinition = defineTopology({
  name: 'swarm_service',
  templates: {
    shape: 'heptagon',
    label: 'service',
    labelPlural: 'services',
    metadata: [
      latestRow('service_name', 'Service name', 0),
      latestRow('stack_namespace', 'Stack namespace', 1),
    ],
  },
  appearance: (node) => ({ label: node.get(swarmServiceName) ?? firstPart(node.id) }),
  view: 'swarm-services',
});
