import { type Attribute, numberAttribute, setAttribute, textAttribute } from '@ridgeline/core';

/** The id of the endpoint that this one is a translated copy of (NAT). */
export const copyOf: Attribute<string> = textAttribute('copy_of', 'endpoint.copy-of');

/** How many equal connections an endpoint stands for. */
export const connectionCount: Attribute<number> = numberAttribute('conn_count', 'endpoint.connections');

/** `tcp` or `udp`; constant in the id, so only foreign reports carry it. */
export const protocol: Attribute<string> = textAttribute('protocol', 'endpoint.protocol');

/** Names that the endpoint's address answers to. */
export const reverseDnsNames: Attribute<string> = setAttribute('reverse_dns_names', 'dns.reverse');

/** Names that were asked for and answered with the endpoint's address. */
export const snoopedDnsNames: Attribute<string> = setAttribute('snooped_dns_names', 'dns.forward');

/** `true` on a socket that waits for connections. */
export const listening: Attribute<string> = textAttribute('listening', 'endpoint.listening');

/** The ids of the endpoints that this one stands for by turns: a service's address, behind which a server is chosen for each client. */
export const copiesOf: Attribute<string> = setAttribute('copies_of', 'endpoint.copies-of');

/**
 * The id of the endpoint of the socket behind this one, when that is bound to any address of its namespace (`0.0.0.0`, or `::`, which may
 * serve IPv4 too): UDP servers, and clients that never connect. Told by who sees packets and no sockets.
 */
export const boundAt: Attribute<string> = textAttribute('bound_at', 'endpoint.bound-at');
