import type { AddressIndex, AddressPool } from './address-pool.ts';
import { localBridgeNetworks } from './local-bridges.ts';
import type { NetworkNamespace } from './namespaces.ts';
import { type AttachedNetwork, isInNetwork } from './network-files.ts';
import { PairIndex } from './pair-index.ts';
import type { SocketTable } from './socket-table.ts';

/**
 * The scope of an endpoint's id: {@link noScope}, {@link hostScope}, or `namespaceScope + n` for the host and its network
 * namespace number n.
 */
export type ScopeCode = number;
export const noScope: ScopeCode = 0;
export const hostScope: ScopeCode = 1;
export const namespaceScope: ScopeCode = 2;

/** The address is not this machine's, as far as can be seen. */
const elsewhere = -1;
/** Several namespaces of this machine have the address, and the one that looks is none of them. */
export const ambiguous = -2;

/**
 * Where addresses live, and how the ids of their endpoints are scoped (semantics.md §1, "Endpoints"):
 *
 * - Loopback, unspecified and link-local addresses by host, in another namespace than the own one by namespace too.
 * - An address that several namespaces have, by namespace too, but for the own namespace.
 * - Addresses of a bridge local to the host, by host.
 * - All others have no scope, so that what two hosts report of one connection meets.
 */
export class AddressMap {
  private readonly pool: AddressPool;
  /** (namespace, address) of every address that a namespace has. */
  private readonly held = new PairIndex(256);
  /** By address: its only namespace, {@link elsewhere} or {@link ambiguous}. */
  private readonly holder: Int32Array;
  private readonly bridges: readonly AttachedNetwork[];
  /** By address: 0 unknown, 1 in a network of a local bridge, 2 not. */
  private readonly bridged: Uint8Array;

  /** @param namespaces - the own one first @param sockets - their local addresses are their namespaces' own, too */
  constructor(namespaces: readonly NetworkNamespace[], sockets: SocketTable, pool: AddressPool) {
    this.pool = pool;
    this.bridges = localBridgeNetworks(namespaces, pool);
    this.holder = new Int32Array(pool.size).fill(elsewhere);
    this.bridged = new Uint8Array(pool.size);
    for (const [index, namespace] of namespaces.entries()) {
      for (const address of namespace.network.addresses) this.hold(index, address);
    }
    for (let row = 0; row < sockets.size; row++) {
      this.hold(sockets.namespace[row] as number, sockets.local[row] as number);
    }
  }

  /** The namespace in which an address lives, seen from a namespace; {@link elsewhere} or {@link ambiguous} if there is none. */
  locate(seenFrom: number, address: AddressIndex): number {
    if (this.isEverywhere(address)) return seenFrom;
    const holder = this.holder[address] as number;
    return holder === ambiguous && this.held.find(seenFrom, address) >= 0 ? seenFrom : holder;
  }

  /**
   * @param livesIn - what {@link locate} said, or better if the caller knows better
   * @param seenFrom - the namespace of the socket that names the address
   */
  scopeOf(livesIn: number, address: AddressIndex, seenFrom: number): ScopeCode {
    const namespace = livesIn >= 0 ? livesIn : seenFrom;
    if (this.isEverywhere(address) || this.pool.isLinkLocal(address)) {
      return namespace === 0 ? hostScope : namespaceScope + namespace;
    }
    if (this.holder[address] === ambiguous && namespace !== 0) return namespaceScope + namespace;
    return this.isBridged(address) ? hostScope : noScope;
  }

  private hold(namespace: number, address: AddressIndex): void {
    if (this.isEverywhere(address)) return;
    const before = this.holder[address] as number;
    if (before === elsewhere) this.holder[address] = namespace;
    else if (before !== namespace) this.holder[address] = ambiguous;
    this.held.intern(namespace, address);
  }

  private isEverywhere(address: AddressIndex): boolean {
    return this.pool.isLoopback(address) || this.pool.isUnspecified(address);
  }

  private isBridged(address: AddressIndex): boolean {
    if (this.bridged[address] === 0) {
      const isIn = this.bridges.some((network) => isInNetwork(address, network, this.pool));
      this.bridged[address] = isIn ? 1 : 2;
    }
    return this.bridged[address] === 1;
  }
}
