import { type Derivation, type Network, parseNetwork, type RenderContext, readNode } from '@ridgeline/core';
import { localNetworks } from '../attributes/common.ts';
import { kubernetesIp } from '../attributes/kubernetes.ts';
import { containingNetwork, parseAddress } from './addresses.ts';
import { NetworkSet } from './network-set.ts';

/**
 * The networks whose addresses are not "the Internet": what hosts and overlay peers say is local, and the smallest
 * network that contains all service addresses of a cluster.
 */
export const networksOfReport: Derivation<NetworkSet> = {
  name: 'local networks',
  derive: (context) => {
    const networks = [...reportedNetworks(context, 'host'), ...reportedNetworks(context, 'overlay')];
    const services = serviceNetwork(context);
    return new NetworkSet(services === undefined ? networks : [...networks, services]);
  },
};

/** The smallest IPv4 network that contains all addresses of Kubernetes services. */
export function serviceNetwork(context: Pick<RenderContext, 'topology'>): Network | undefined {
  const services = context.topology('service');
  const addresses: Network[] = [];
  for (let row = 0; row < services.size; row++) {
    const address = parseAddress(readNode(services, row).get(kubernetesIp) ?? '');
    if (address?.bytes.length === 4) addresses.push(address);
  }
  return containingNetwork(addresses);
}

function reportedNetworks(context: RenderContext, topology: string): readonly Network[] {
  const nodes = context.topology(topology);
  const networks = new Map<string, Network>();
  for (let row = 0; row < nodes.size; row++) {
    for (const text of readNode(nodes, row).set(localNetworks.key)) {
      const network = text.includes('/') ? parseNetwork(text) : undefined;
      if (network !== undefined) networks.set(`${network.bytes.join('.')}/${network.bits}`, network);
    }
  }
  return [...networks.values()];
}
