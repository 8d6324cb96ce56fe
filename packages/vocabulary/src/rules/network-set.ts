import { type Network, networkContains } from '@ridgeline/core';
import { parseAddress, readIpv4 } from './addresses.ts';

/**
 * Networks made ready to be asked about many addresses.
 *
 * IPv4 is looked up by prefix length, which costs one look into a set for each length that occurs; IPv6 is rare and
 * compared network by network.
 */
export class NetworkSet {
  /** By mask, the bases of the networks with it. */
  readonly #ipv4 = new Map<number, Set<number>>();
  readonly #ipv6: readonly Network[];

  constructor(networks: readonly Network[]) {
    this.#ipv6 = networks.filter(({ bytes }) => bytes.length !== 4);
    for (const { bytes, bits } of networks) {
      if (bytes.length !== 4) continue;
      const mask = bits === 0 ? 0 : -1 << (32 - bits);
      const bases = this.#ipv4.get(mask) ?? new Set();
      this.#ipv4.set(mask, bases.add(toInt(bytes) & mask));
    }
  }

  /** Whether an address lies in any of the networks; `undefined` for a text that is no address. */
  has(address: string): boolean | undefined {
    const ipv4 = readIpv4(address);
    if (ipv4 !== undefined) return this.#hasIpv4(ipv4);
    const parsed = parseAddress(address);
    if (parsed === undefined) return undefined;
    if (parsed.bytes.length === 4) return this.#hasIpv4(toInt(parsed.bytes));
    return this.#ipv6.some((network) => networkContains(network, parsed));
  }

  #hasIpv4(address: number): boolean {
    for (const [mask, bases] of this.#ipv4) if (bases.has(address & mask)) return true;
    return false;
  }
}

function toInt(bytes: readonly number[]): number {
  return bytes.reduce((value, byte) => (value << 8) | byte, 0);
}
