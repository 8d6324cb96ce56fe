import { defineTopology, type TopologyDefinition } from '@ridgeline/core';
import { readEndpointId } from '../ids/endpoint-id.ts';

/** One end of a connection, or a listening socket. Scope never shows them by themselves. */
export const endpoint: TopologyDefinition = defineTopology({
  name: 'endpoint',
  templates: {
    label: 'endpoint',
    labelPlural: 'endpoints',
    metadata: [
      { id: 'pid', label: 'PID', from: 'latest', dataType: 'number', priority: 1 },
      { id: 'conn_count', label: 'Connections', from: 'latest', dataType: 'number', priority: 2 },
      { id: 'reverse_dns_names', label: 'Names', from: 'sets', priority: 3 },
      { id: 'snooped_dns_names', label: 'Asked for as', from: 'sets', priority: 4 },
      { id: 'copy_of', label: 'Translated from', from: 'latest', priority: 5 },
    ],
  },
  appearance: (node) => {
    const parts = readEndpointId(node.id);
    if (parts === undefined) return { rank: node.id };
    const { scope, address, port } = parts;
    return {
      label: address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`,
      labelMinor: [node.id.endsWith(';udp') ? 'udp' : '', scope].filter((part) => part !== '').join(' '),
      rank: address,
    };
  },
  view: 'endpoints',
});
