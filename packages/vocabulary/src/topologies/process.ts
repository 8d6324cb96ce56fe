import { defineTopology, type TopologyDefinition, unescapePart } from '@ridgeline/core';
import { containerName } from '../attributes/container.ts';
import { OPEN_FILES, PROCESS_CPU, PROCESS_MEMORY, processName } from '../attributes/process.ts';
import { firstPart } from '../rules/host-of.ts';

export const process: TopologyDefinition = defineTopology({
  name: 'process',
  templates: {
    shape: 'square',
    label: 'process',
    labelPlural: 'processes',
    metadata: [
      { id: 'pid', label: 'PID', from: 'latest', dataType: 'number', priority: 1 },
      { id: 'cmdline', label: 'Command', from: 'latest', priority: 2 },
      { id: 'ppid', label: 'Parent PID', from: 'latest', dataType: 'number', priority: 3 },
      { id: 'threads', label: '# Threads', from: 'latest', dataType: 'number', priority: 4 },
      { id: 'process_user', label: 'User', from: 'latest', priority: 5 },
      { id: 'process_started', label: 'Started', from: 'latest', dataType: 'datetime', priority: 6 },
      { id: 'cgroup', label: 'Control group', from: 'latest', priority: 7 },
      { id: 'netns_inode', label: 'Network namespace', from: 'latest', priority: 8 },
    ],
    metrics: [
      { id: PROCESS_CPU, label: 'CPU', format: 'percent', priority: 1 },
      { id: PROCESS_MEMORY, label: 'Memory', format: 'filesize', priority: 2 },
      { id: OPEN_FILES, label: 'Open files', format: 'integer', priority: 3 },
    ],
  },
  appearance: (node) => {
    const hostPart = firstPart(node.id);
    const host = unescapePart(hostPart);
    const pid = node.id.slice(hostPart.length + 1);
    const name = node.get(processName) ?? '';
    const container = node.get(containerName) ?? '';
    if (name === '') {
      return { label: pid, labelMinor: container === '' ? host : `${host} (${container})`, rank: host };
    }
    return {
      label: name,
      labelMinor: container === '' ? `${host} (${pid})` : `${host} (${container}:${pid})`,
      rank: name,
    };
  },
  view: 'processes',
  members: {
    label: 'Processes',
    columns: [
      { id: 'pid', label: 'PID', dataType: 'number' },
      { id: PROCESS_CPU, label: 'CPU', dataType: 'number' },
      { id: PROCESS_MEMORY, label: 'Memory', dataType: 'number' },
    ],
  },
});
