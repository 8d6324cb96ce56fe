import { asNodeId, badId, digits, escapePart, type IdKind, joinedId, splitId } from '@ridgeline/core';

/**
 * The parts of an endpoint's id: `scope;address;port` for TCP, with `udp` as a fourth part for UDP.
 *
 * The scope is empty but for addresses that mean something on one host only (loopback, link-local, local
 * bridges): there it is the host, or `host-inode` of a network namespace (semantics.md §1).
 */
export type EndpointParts =
  | readonly [scope: string, address: string, port: string]
  | readonly [scope: string, address: string, port: string, protocol: 'udp'];

/** How addresses and ports are written in reports. */
export type Protocol = 'tcp' | 'udp';

const tcp = joinedId<readonly [scope: string, address: string, port: string]>('endpoint', [
  undefined,
  undefined,
  checkPort,
]);

/** Ids of endpoints: one end of a connection, or a listening socket. */
export const endpointId: IdKind<EndpointParts> = Object.freeze({
  topology: 'endpoint',
  encode: (...parts: EndpointParts) => {
    const [scope, address, port, protocol] = parts;
    const id = tcp.encode(scope, address, port);
    if (protocol === undefined) return id;
    if (protocol !== 'udp') throw badId('endpoint', `"${String(protocol)}" is no protocol; TCP is left out`);
    return asNodeId(`${id};udp`);
  },
  decode: (id: string) => {
    if (!id.endsWith(';udp')) return tcp.decode(id);
    const parts = tcp.decode(id.slice(0, -4));
    return parts === undefined ? undefined : ([...parts, 'udp'] as const);
  },
});

/** What all endpoint ids of one scope and address begin with: `scope;address;`. */
export function endpointPrefix(scope: string, address: string): string {
  return `${escapePart(scope)};${escapePart(address)};`;
}

/**
 * The address and port in any endpoint id, also in one that {@link endpointId} would not have made: foreign
 * reports hold ids with odd ports. `undefined` for less than three parts.
 */
export function readEndpointId(
  id: string,
): { readonly scope: string; readonly address: string; readonly port: string } | undefined {
  const [scope, address, port] = splitId(id);
  return scope === undefined || address === undefined || port === undefined
    ? undefined
    : { scope, address, port };
}

function checkPort(part: string): string | undefined {
  return digits(part) ?? (Number(part) > 65_535 ? `port ${part} is above 65535` : undefined);
}
