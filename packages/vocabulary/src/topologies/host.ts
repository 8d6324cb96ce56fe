import { defineTopology, type TopologyDefinition } from '@ridgeline/core';
import { HOST_CPU, HOST_MEMORY, hostAddresses, hostName, LOAD_1 } from '../attributes/host.ts';
import { hostId } from '../ids/tagged-ids.ts';

export const host: TopologyDefinition = defineTopology({
  name: 'host',
  templates: {
    shape: 'circle',
    label: 'host',
    labelPlural: 'hosts',
    metadata: [
      { id: 'kernel_version', label: 'Kernel version', from: 'latest', priority: 1 },
      { id: 'uptime', label: 'Uptime', from: 'latest', dataType: 'duration', priority: 2 },
      { id: 'host_name', label: 'Hostname', from: 'latest', priority: 11 },
      { id: 'os', label: 'OS', from: 'latest', priority: 12 },
      { id: 'local_networks', label: 'Local networks', from: 'sets', priority: 13 },
      { id: 'host_scope_version', label: 'Scope version', from: 'latest', priority: 14 },
      { id: hostAddresses.key, label: 'Addresses', from: 'sets', priority: 15 },
    ],
    metrics: [
      { id: HOST_CPU, label: 'CPU', format: 'percent', priority: 1 },
      { id: HOST_MEMORY, label: 'Memory', format: 'filesize', priority: 2 },
      { id: LOAD_1, label: 'Load (1m)', group: 'load', priority: 11 },
    ],
    controls: [{ id: 'host_exec', human: 'Exec shell', icon: 'fa fa-terminal', rank: 0 }],
  },
  appearance: (node) => {
    // An id in another form (older overlay reports) says no name.
    const name = hostId.decode(node.id)?.[0] ?? node.get(hostName) ?? '';
    const dot = name.indexOf('.');
    if (dot < 0) return { label: name };
    const domain = name.slice(dot + 1);
    return { label: name.slice(0, dot), labelMinor: domain, rank: domain };
  },
  unites: ['active_controls'],
  view: 'hosts',
});
