import { type Attribute, setAttribute, textAttribute } from '@ridgeline/core';

/** The container that a process runs in, by the id in its cgroup path; the sources of containers write the same key. */
export const dockerContainerId: Attribute<string> = textAttribute('docker_container_id', 'docker.id');

/** The addresses of a host's own network namespace, loopback left out. */
export const hostAddresses: Attribute<string> = setAttribute('host_addresses', 'host.addresses', 'ip');
