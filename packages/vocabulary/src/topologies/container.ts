import { defineTopology, type NodeReader, type TopologyDefinition } from '@ridgeline/core';
import {
  containerHostname,
  containerName,
  DOCKER_CPU,
  DOCKER_ENVIRONMENT,
  DOCKER_LABEL,
  DOCKER_MEMORY,
  imageName,
} from '../attributes/container.ts';
import { hostOf } from '../rules/host-of.ts';
import { imageNameWithoutTag } from '../rules/image-name.ts';

/** Where an orchestrator says what a container is called, before Docker's own name: the first that is there. */
const NAME_KEYS = [
  `${DOCKER_LABEL}com.amazonaws.ecs.container-name`,
  `${DOCKER_LABEL}io.kubernetes.container.name`,
  `${DOCKER_ENVIRONMENT}MARATHON_APP_ID`,
  containerName.key,
  containerHostname.key,
];

const SHORT_ID = 12;

export const container: TopologyDefinition = defineTopology({
  name: 'container',
  templates: {
    shape: 'hexagon',
    label: 'container',
    labelPlural: 'containers',
    metadata: [
      { id: 'docker_image_tag', label: 'Image tag', from: 'latest', priority: 1 },
      { id: 'docker_image_name', label: 'Image name', from: 'latest', priority: 2 },
      { id: 'docker_container_command', label: 'Command', from: 'latest', priority: 3 },
      { id: 'docker_container_state_human', label: 'State', from: 'latest', priority: 4 },
      {
        id: 'docker_container_uptime',
        label: 'Uptime',
        from: 'latest',
        dataType: 'duration',
        priority: 5,
      },
      { id: 'docker_container_restart_count', label: 'Restart #', from: 'latest', priority: 6 },
      { id: 'docker_container_networks', label: 'Networks', from: 'sets', priority: 7 },
      { id: 'docker_container_ips', label: 'IPs', from: 'sets', priority: 8 },
      { id: 'docker_container_ports', label: 'Ports', from: 'sets', priority: 9 },
      {
        id: 'docker_container_created',
        label: 'Created',
        from: 'latest',
        dataType: 'datetime',
        priority: 10,
      },
      { id: 'docker_container_id', label: 'ID', from: 'latest', truncate: SHORT_ID, priority: 11 },
      { id: 'weave_mac_address', label: 'Weave MAC', from: 'latest', priority: 17 },
      { id: 'weave_dns_hostname', label: 'Weave DNS Name', from: 'latest', priority: 18 },
    ],
    metrics: [
      { id: DOCKER_CPU, label: 'CPU', format: 'percent', priority: 1 },
      { id: DOCKER_MEMORY, label: 'Memory', format: 'filesize', priority: 2 },
    ],
    tables: [
      {
        id: 'image_table',
        label: 'Image',
        prefix: '',
        type: 'property-list',
        // A leading space sorts first.
        fixedRows: {
          docker_image_id: ' ID',
          docker_image_name: ' Name',
          docker_image_tag: ' Tag',
          docker_image_size: 'Size',
          docker_image_virtual_size: 'Virtual size',
        },
      },
      { id: DOCKER_LABEL, label: 'Docker labels', prefix: DOCKER_LABEL, type: 'property-list' },
      {
        id: DOCKER_ENVIRONMENT,
        label: 'Environment variables',
        prefix: DOCKER_ENVIRONMENT,
        type: 'property-list',
      },
    ],
    controls: [
      { id: 'docker_attach_container', human: 'Attach', icon: 'fa fa-desktop', rank: 1 },
      { id: 'docker_exec_container', human: 'Exec shell', icon: 'fa fa-terminal', rank: 2 },
      { id: 'docker_start_container', human: 'Start', icon: 'fa fa-play', rank: 3 },
      { id: 'docker_restart_container', human: 'Restart', icon: 'fa fa-redo', rank: 4 },
      { id: 'docker_pause_container', human: 'Pause', icon: 'fa fa-pause', rank: 5 },
      { id: 'docker_unpause_container', human: 'Unpause', icon: 'fa fa-play', rank: 6 },
      { id: 'docker_stop_container', human: 'Stop', icon: 'fa fa-stop', rank: 7 },
      { id: 'docker_remove_container', human: 'Remove', icon: 'far fa-trash-alt', rank: 8 },
    ],
  },
  appearance: (node) => {
    const label = containerLabel(node);
    const host = hostOf(node);
    const image = node.get(imageName) ?? '';
    return {
      label,
      labelMinor: host,
      rank: image !== '' ? imageNameWithoutTag(image) : host !== '' ? host : label,
    };
  },
  view: 'containers',
  members: {
    label: 'Containers',
    columns: [
      { id: DOCKER_CPU, label: 'CPU', dataType: 'number' },
      { id: DOCKER_MEMORY, label: 'Memory', dataType: 'number' },
    ],
  },
});

function containerLabel(node: NodeReader): string {
  for (const key of NAME_KEYS) {
    const name = node.raw(key);
    if (name !== undefined) return name;
  }
  return node.id.slice(0, SHORT_ID);
}
