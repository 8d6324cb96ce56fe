import { type Belonging, NONE, type NodeReader, type Sym, type Topology } from '@ridgeline/core';
import { hostNodeId, pid } from '../attributes/common.ts';
import { containerInHostNetwork, containerPorts, containerScopedAddresses } from '../attributes/container.ts';
import { boundAt, copiesOf, copyOf } from '../attributes/endpoint.ts';
import { hostAddresses } from '../attributes/host.ts';
import { kubernetesIp, kubernetesPublicIp, podInHostNetwork } from '../attributes/kubernetes.ts';
import { endpointColumns } from '../columns/endpoint-columns.ts';
import { endpointPrefix, readEndpointId } from '../ids/endpoint-id.ts';
import { hostId } from '../ids/tagged-ids.ts';
import { isLoopback } from '../rules/addresses.ts';
import { HOST_TAG } from '../rules/host-of.ts';

/** A port of a host that leads to a container: `10.0.0.1:8080->80/tcp`. */
const MAPPED_PORT = /^(.+):(\d+)->\d+\/(tcp|udp)$/;

/** How endpoints belong to others: by what they say of their owners, else by their addresses. */
export const endpointBelongings: readonly Belonging[] = [
  { topology: 'endpoint', to: 'process', owners: () => [], ownerColumn: processColumn },
  { topology: 'endpoint', to: 'endpoint', isGuess: true, owners: originals },
  { topology: 'endpoint', to: 'host', isGuess: true, owners: scopeHosts },
  byAddress('host', (host) => host.set(hostAddresses.key).map((address) => endpointPrefix('', address))),
  byAddress('container', (container) =>
    container.raw(containerInHostNetwork.key) !== undefined
      ? []
      : container
          .set(containerScopedAddresses.key)
          .filter((scoped) => !isLoopback(scoped.slice(scoped.indexOf(';') + 1)))
          .map((scoped) => `${scoped};`),
  ),
  byAddress('pod', (pod) =>
    pod.raw(podInHostNetwork.key) !== undefined ? [] : prefixes(pod.get(kubernetesIp)),
  ),
  byAddress('service', (service) => [
    ...prefixes(service.get(kubernetesIp)),
    ...prefixes(service.get(kubernetesPublicIp)),
  ]),
  {
    topology: 'endpoint',
    to: 'container',
    isGuess: true,
    owners: (endpoint) => [endpoint.id],
    names: (container) =>
      container.set(containerPorts.key).flatMap((port) => {
        const [, address, number, protocol] = MAPPED_PORT.exec(port) ?? [];
        if (address === undefined) return [];
        return [`${endpointPrefix('', address)}${number}${protocol === 'udp' ? ';udp' : ''}`];
      }),
  },
];

/** Endpoints belong to whoever has their address, or one that theirs was translated from. */
function byAddress(to: string, names: (owner: NodeReader) => readonly string[]): Belonging {
  return {
    topology: 'endpoint',
    to,
    isGuess: true,
    names,
    owners: () => [],
    ownerColumn: (endpoints) => endpointColumns(endpoints).prefix,
  };
}

function prefixes(address: string | undefined): readonly string[] {
  return address === undefined || address === '' || address === 'None' ? [] : [endpointPrefix('', address)];
}

function originals(endpoint: NodeReader): readonly string[] {
  const one = [endpoint.get(copyOf), endpoint.get(boundAt)].filter((id) => id !== undefined);
  return [...one, ...endpoint.set(copiesOf.key)];
}

/** Addresses that mean something on one host only say which: `host`, or `host-inode`. */
function scopeHosts(endpoint: NodeReader): readonly string[] {
  const scope = readEndpointId(endpoint.id)?.scope ?? '';
  if (scope === '') return [];
  return [scope, scope.replace(/-\d+$/, '')].map((host) => hostId.encode(host));
}

/** The id of the process that each endpoint says it belongs to. */
function processColumn(endpoints: Topology): Int32Array {
  const { symbols, size } = endpoints;
  const hosts = endpoints.column(hostNodeId.key);
  const pids = endpoints.column(pid.key);
  const known = new Map<string, Sym>();
  const column = new Int32Array(size).fill(NONE);
  for (let row = 0; row < size; row++) {
    const [host, number] = [hosts[row] as Sym, pids[row] as Sym];
    if (host === NONE || number === NONE) continue;
    const key = `${host} ${number}`;
    let process = known.get(key);
    if (process === undefined) {
      const id = symbols.text(host);
      const part = id.endsWith(HOST_TAG) ? id.slice(0, -HOST_TAG.length) : '';
      process = part === '' ? NONE : symbols.intern(`${part};${symbols.text(number)}`);
      known.set(key, process);
    }
    column[row] = process;
  }
  return column;
}
