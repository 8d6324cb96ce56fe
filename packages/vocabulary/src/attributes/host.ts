import { type Attribute, durationAttribute, setAttribute, textAttribute } from '@ridgeline/core';

/** The host's name as it calls itself. */
export const hostName: Attribute<string> = textAttribute('host_name', 'host.hostname');

/** `linux`. */
export const operatingSystem: Attribute<string> = textAttribute('os', 'host.os');

/** The kernel's release and build. */
export const kernelVersion: Attribute<string> = textAttribute('kernel_version', 'host.kernel');

/** How long the host has been up, in whole seconds. */
export const uptimeSeconds: Attribute<number> = durationAttribute('uptime', 'host.uptime');

/** The addresses of the host's own network namespace, loopback left out. */
export const hostAddresses: Attribute<string> = setAttribute('host_addresses', 'host.addresses', 'ip');

/** The version of the probe that reported the host. */
export const probeVersion: Attribute<string> = textAttribute('host_scope_version', 'host.probe-version');

/** Metric: share of the host's processors, in percent. */
export const HOST_CPU = 'host_cpu_usage_percent';

/** Metric: memory in use, in bytes. */
export const HOST_MEMORY = 'host_mem_usage_bytes';

/** Metrics: the load averages. */
export const LOAD_1 = 'load1';
export const LOAD_5 = 'load5';
export const LOAD_15 = 'load15';
