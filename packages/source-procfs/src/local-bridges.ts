import type { AddressPool } from './address-pool.ts';
import type { NetworkNamespace } from './namespaces.ts';
import { type AttachedNetwork, isInNetwork } from './network-files.ts';

// What container engines and virtual machines call the bridges they make: their networks mean something on this host only.
const bridgeName =
  /^(?:docker\d+|docker_gwbridge|br-[0-9a-f]{12}|podman\d+|cni-podman\d+|nerdctl\d+|virbr\d+|lxcbr\d+|lxdbr\d+|incusbr\d+)$/;
// Bridges of a cluster's pod network: their addresses are routed between hosts, and must meet with what other hosts report.
const routedBridgeName = /^(?:cni\d+|kube-bridge|weave)$/;

/**
 * The networks of bridges local to the host: their addresses may exist on every other host too, so that endpoints in them
 * are scoped by host (semantics.md §1). /proc does not tell a bridge from another interface; a network counts as one
 *
 * - if its interface has the name that a container engine gives, or
 * - if another namespace has an address in it and its default route leads to us: then it hangs on this host, whatever its name.
 *
 * Not counted: pod networks that are routed between hosts, and networks in which the own namespace is only a guest.
 */
export function localBridgeNetworks(
  namespaces: readonly NetworkNamespace[],
  pool: AddressPool,
): readonly AttachedNetwork[] {
  const found: AttachedNetwork[] = [];
  for (const namespace of namespaces) {
    for (const network of namespace.network.networks) {
      // Of IPv6 networks the link-local ones are scoped anyway; of a /0 every address would be local.
      if (network.prefixLength === 0 || routedBridgeName.test(network.interfaceName)) continue;
      if (pool.isLinkLocal(network.address) || pool.isLoopback(network.address)) continue;
      const isBridge =
        bridgeName.test(network.interfaceName) || isGatewayFor(namespace, network, namespaces, pool);
      if (isBridge && !isGuest(namespace, network, namespaces, pool)) found.push(network);
    }
  }
  return found;
}

function isGatewayFor(
  namespace: NetworkNamespace,
  network: AttachedNetwork,
  namespaces: readonly NetworkNamespace[],
  pool: AddressPool,
): boolean {
  for (const other of namespaces) {
    if (other === namespace) continue;
    for (const route of other.network.routes) {
      if (route.mask !== 0 || route.gateway === 0) continue;
      const gateway = pool.internIpv4(route.gateway);
      if (isInNetwork(gateway, network, pool) && namespace.network.addresses.includes(gateway)) return true;
    }
  }
  return false;
}

/** True if the own namespace has an address in a network that another namespace provides. */
function isGuest(
  namespace: NetworkNamespace,
  network: AttachedNetwork,
  namespaces: readonly NetworkNamespace[],
  pool: AddressPool,
): boolean {
  if (namespace.isOwn) return false;
  return namespaces.some(
    (other) => other.isOwn && other.network.addresses.some((address) => isInNetwork(address, network, pool)),
  );
}
