import { type Attribute, setAttribute } from '@ridgeline/core';

/** The addresses of a host's own network namespace, loopback left out. */
export const hostAddresses: Attribute<string> = setAttribute('host_addresses', 'host.addresses', 'ip');
