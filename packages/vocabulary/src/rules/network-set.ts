import { type Network, networkContains } from '@ridgeline/core';
import { parseAddress } from './addresses.ts';

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

const DOT = 0x2e;
const ZERO = 0x30;

/** Four decimal numbers up to 255, joined by dots, as a signed 32-bit number. */
function readIpv4(text: string): number | undefined {
  let value = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      if (digits === 0 || ++dots > 3) return undefined;
      value = (value << 8) | part;
      part = 0;
      digits = 0;
      continue;
    }
    const digit = code - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    part = part * 10 + digit;
    digits++;
    if (part > 255) return undefined;
  }
  return dots === 3 && digits > 0 ? (value << 8) | part : undefined;
}
