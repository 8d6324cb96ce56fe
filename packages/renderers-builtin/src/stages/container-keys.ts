import type { NodeReader } from '@ridgeline/core';
import {
  containerInHostNetwork,
  containerPorts,
  containerScopedAddresses,
  doesNotMakeConnections,
  isLoopback,
} from '@ridgeline/vocabulary';

/** Other mappings (UDP, IPv6, unbound ports) are not looked at. */
const PORT_MAPPING = /((?:[0-9]{1,3}\.){3}[0-9]{1,3}):([0-9]+)->([0-9]+)\/tcp/;

/**
 * What a container's endpoints are found by: its own addresses, on any port, and the ports of the host that are
 * mapped to it. A container that shares the address of its host or pod has none.
 */
export function containerKeys(container: NodeReader): readonly string[] {
  if (container.raw(doesNotMakeConnections.key) !== undefined) return [];
  if (container.raw(containerInHostNetwork.key) !== undefined) return [];
  const keys: string[] = [];
  for (const scoped of container.set(containerScopedAddresses.key)) {
    const end = scoped.indexOf(';');
    if (end >= 0 && !isLoopback(scoped.slice(end + 1))) keys.push(`${scoped};`);
  }
  for (const port of container.set(containerPorts.key)) {
    const [, address, hostPort] = PORT_MAPPING.exec(port) ?? [];
    if (address !== undefined) keys.push(`;${address};${hostPort}`);
  }
  return keys;
}
