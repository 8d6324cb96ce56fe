import { type Network, networkContains, parseNetwork } from '@ridgeline/core';
import type { AttachedNetwork, NamespaceNetwork } from './namespace-network.ts';

/** Tells where addresses live, and how the ids of their endpoints are scoped. */
export interface EndpointScopes {
  /** The namespace in which an address lives, seen from one; `undefined` when it is elsewhere or cannot be told. */
  readonly locate: (seenFrom: number, address: string) => number | undefined;
  /** The first part of an endpoint's id: empty, the host, or `host-inode`. */
  readonly scopeOf: (livesIn: number | undefined, address: string, seenFrom: number) => string;
}

// What container engines and virtual machines call the bridges they make: their networks mean something on this host only.
const BRIDGE_NAME =
  /^(?:docker\d+|docker_gwbridge|br-[0-9a-f]{12}|podman\d+|cni-podman\d+|nerdctl\d+|virbr\d+|lxcbr\d+|lxdbr\d+|incusbr\d+)$/;
// Bridges of a cluster's pod network are routed between hosts: their addresses must meet with what other hosts report.
const ROUTED_BRIDGE_NAME = /^(?:cni\d+|kube-bridge|weave)$/;

const networkOf = (text: string): Network => parseNetwork(text) as Network;
const LOOPBACK = ['127.0.0.0/8', '::1/128'].map(networkOf);
const UNSPECIFIED = ['0.0.0.0/32', '::/128'].map(networkOf);
const LINK_LOCAL = ['169.254.0.0/16', 'fe80::/10'].map(networkOf);

/** What is remembered of an address. */
interface AddressFacts {
  readonly isEverywhere: boolean;
  readonly isLinkLocal: boolean;
  readonly isBridged: boolean;
}

/**
 * Scopes of endpoint ids (semantics.md §1, "Endpoints"): one rule for all sources, since one edge seen by several must get one id.
 * The source that reads /proc keeps the same rule over columns of its own.
 *
 * - Loopback, unspecified and link-local addresses by host, in another namespace than the own one by namespace too.
 * - An address that several namespaces have, by namespace too, but for the own namespace.
 * - Addresses of a bridge local to the host, by host.
 * - All others have no scope, so that what two hosts report of one connection meets.
 *
 * @param own - inode of the host's own namespace
 * @param networks - by inode of the namespace
 */
export function createEndpointScopes(
  host: string,
  own: number,
  networks: ReadonlyMap<number, NamespaceNetwork>,
): EndpointScopes {
  const holders = new Map<string, Set<number>>();
  for (const [inode, { addresses }] of networks) {
    for (const address of addresses) {
      const holding = holders.get(address);
      if (holding === undefined) holders.set(address, new Set([inode]));
      else holding.add(inode);
    }
  }
  const bridges = localBridges(own, networks);
  const known = new Map<string, AddressFacts>();
  const factsOf = (address: string): AddressFacts => {
    let facts = known.get(address);
    if (facts === undefined) {
      facts = readFacts(address, bridges);
      known.set(address, facts);
    }
    return facts;
  };
  return {
    locate: (seenFrom, address) => {
      if (factsOf(address).isEverywhere) return seenFrom;
      const holding = holders.get(address);
      if (holding === undefined) return undefined;
      if (holding.size === 1) return [...holding][0];
      return holding.has(seenFrom) ? seenFrom : undefined;
    },
    scopeOf: (livesIn, address, seenFrom) => {
      const namespace = livesIn ?? seenFrom;
      const { isEverywhere, isLinkLocal, isBridged } = factsOf(address);
      if (isEverywhere || isLinkLocal) return namespace === own ? host : `${host}-${namespace}`;
      if ((holders.get(address)?.size ?? 0) > 1 && namespace !== own) return `${host}-${namespace}`;
      return isBridged ? host : '';
    },
  };
}

function readFacts(address: string, bridges: readonly Network[]): AddressFacts {
  const parsed = parseNetwork(address);
  const isIn = (networks: readonly Network[]): boolean =>
    parsed !== undefined && networks.some((network) => networkContains(network, parsed));
  return {
    isEverywhere: isIn(LOOPBACK) || isIn(UNSPECIFIED),
    isLinkLocal: isIn(LINK_LOCAL),
    isBridged: isIn(bridges),
  };
}

/** Networks of bridges local to the host: by the names engines give, or because another namespace's default route leads to us. */
function localBridges(own: number, namespaces: ReadonlyMap<number, NamespaceNetwork>): Network[] {
  const found: Network[] = [];
  for (const [inode, namespace] of namespaces) {
    for (const attached of namespace.networks) {
      const { network, interfaceName } = attached;
      if (network.bits === 0 || ROUTED_BRIDGE_NAME.test(interfaceName)) continue;
      if ([...LINK_LOCAL, ...LOOPBACK].some((local) => networkContains(local, network))) continue;
      const isBridge = BRIDGE_NAME.test(interfaceName) || isGatewayOf(inode, namespace, attached, namespaces);
      if (isBridge && (inode === own || !hasAddressIn(namespaces.get(own), network))) found.push(network);
    }
  }
  return found;
}

function isGatewayOf(
  inode: number,
  namespace: NamespaceNetwork,
  { network }: AttachedNetwork,
  namespaces: ReadonlyMap<number, NamespaceNetwork>,
): boolean {
  for (const [other, { gateways }] of namespaces) {
    if (other === inode) continue;
    for (const gateway of gateways) {
      if (namespace.addresses.has(gateway) && contains(network, gateway)) return true;
    }
  }
  return false;
}

/** True in a network that another namespace provides and the own one is a guest of. */
function hasAddressIn(namespace: NamespaceNetwork | undefined, network: Network): boolean {
  if (namespace === undefined) return false;
  return [...namespace.addresses].some((address) => contains(network, address));
}

function contains(network: Network, address: string): boolean {
  const parsed = parseNetwork(address);
  return parsed !== undefined && networkContains(network, parsed);
}
