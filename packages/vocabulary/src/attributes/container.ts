import {
  type Attribute,
  datetimeAttribute,
  durationAttribute,
  type Millis,
  numberAttribute,
  setAttribute,
  textAttribute,
} from '@ridgeline/core';

/** The container's id: on containers, and on processes that run in one. */
export const containerKey: Attribute<string> = textAttribute('docker_container_id', 'docker.id');
export const containerName: Attribute<string> = textAttribute('docker_container_name', 'docker.name');
export const containerHostname: Attribute<string> = textAttribute(
  'docker_container_hostname',
  'docker.hostname',
);
export const containerCommand: Attribute<string> = textAttribute(
  'docker_container_command',
  'docker.command',
);

/** `created`, `running`, `paused`, `restarting`, `exited`, `dead`, or `deleted` for one that is gone. */
export const containerState: Attribute<string> = textAttribute('docker_container_state', 'docker.state');

/** The state in words: `Up 3 hours`. */
export const containerStateText: Attribute<string> = textAttribute(
  'docker_container_state_human',
  'docker.state-text',
);
export const containerUptimeSeconds: Attribute<number> = durationAttribute(
  'docker_container_uptime',
  'docker.uptime',
);
export const containerRestarts: Attribute<number> = numberAttribute(
  'docker_container_restart_count',
  'docker.restarts',
);
export const containerCreated: Attribute<Millis> = datetimeAttribute(
  'docker_container_created',
  'docker.created',
);
export const containerNetworkMode: Attribute<string> = textAttribute(
  'docker_container_network_mode',
  'docker.network-mode',
);
export const containerNetworks: Attribute<string> = setAttribute(
  'docker_container_networks',
  'docker.networks',
);
export const containerAddresses: Attribute<string> = setAttribute('docker_container_ips', 'docker.ips', 'ip');

/** The container's addresses with their scope, `scope;address`: the beginnings of its endpoints' ids. */
export const containerScopedAddresses: Attribute<string> = setAttribute(
  'docker_container_ips_with_scopes',
  'docker.scoped-ips',
);

/** Ports: `ip:hostport->port/proto` where bound, else `port/proto`. */
export const containerPorts: Attribute<string> = setAttribute('docker_container_ports', 'docker.ports');

/** Its presence says that the container shares the network of its host. */
export const containerInHostNetwork: Attribute<string> = textAttribute(
  'docker_is_in_host_network',
  'docker.host-network',
);

/** The image's id: on images, and on containers made of one. */
export const imageKey: Attribute<string> = textAttribute('docker_image_id', 'docker.image-id');

/** The image's name with registry and tag: on images, and joined to their containers. */
export const imageName: Attribute<string> = textAttribute('docker_image_name', 'docker.image');
export const imageTag: Attribute<string> = textAttribute('docker_image_tag', 'docker.image-tag');
export const imageSize: Attribute<string> = textAttribute('docker_image_size', 'docker.image-size');
export const imageVirtualSize: Attribute<string> = textAttribute(
  'docker_image_virtual_size',
  'docker.image-virtual-size',
);

/** Keys under these prefixes are labels and environment variables. */
export const DOCKER_LABEL = 'docker_label_';
export const DOCKER_IMAGE_LABEL = 'docker_image_label_';
export const DOCKER_ENVIRONMENT = 'docker_env_';

/** Metrics of containers: processor time and memory. */
export const DOCKER_CPU = 'docker_cpu_total_usage';
export const DOCKER_MEMORY = 'docker_memory_usage';
