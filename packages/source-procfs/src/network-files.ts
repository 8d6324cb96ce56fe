import type { AddressIndex, AddressPool } from './address-pool.ts';
import { swapBytes } from './socket-lines.ts';

/** A network that hangs on an interface of a namespace. Addresses are masked. */
export interface AttachedNetwork {
  readonly address: AddressIndex;
  /** 0..32 for IPv4, 0..128 for IPv6. */
  readonly prefixLength: number;
  readonly interfaceName: string;
}

/** An IPv4 route of a namespace's main table. */
export interface Route {
  readonly interfaceName: string;
  /** Big-endian words. */
  readonly destination: number;
  readonly gateway: number;
  readonly mask: number;
}

const routeUp = 0x1;
const routeGateway = 0x2;
const routeReject = 0x200;

/** Reads /proc/net/route: words in hexadecimal, little-endian as in /proc/net/tcp. Routes that are down or reject are left out. */
export function parseRoutes(text: string): readonly Route[] {
  const routes: Route[] = [];
  for (const line of text.split('\n')) {
    const [interfaceName, destination, gateway, flags, , , , mask] = line.trim().split(/\s+/);
    if (interfaceName === undefined || flags === undefined || mask === undefined) continue;
    const words = [destination, gateway, mask].map(hexWord);
    const bits = Number.parseInt(flags, 16);
    if (words.includes(-1) || Number.isNaN(bits) || (bits & routeUp) === 0 || (bits & routeReject) !== 0)
      continue;
    routes.push({
      interfaceName,
      destination: words[0] as number,
      gateway: (bits & routeGateway) === 0 ? 0 : (words[1] as number),
      mask: words[2] as number,
    });
  }
  return routes;
}

/** The networks of routes without a gateway, other than the default route. */
export function networksOfRoutes(routes: readonly Route[], pool: AddressPool): readonly AttachedNetwork[] {
  return routes
    .filter((route) => route.gateway === 0 && route.mask !== 0)
    .map((route) => ({
      address: pool.internIpv4((route.destination & route.mask) >>> 0),
      prefixLength: Math.clz32(~route.mask),
      interfaceName: route.interfaceName,
    }));
}

/**
 * The IPv4 addresses that are a namespace's own: the `/32 host LOCAL` leaves of /proc/net/fib_trie, which names them in
 * the line before (Linux, net/ipv4/fib_trie.c, fib_trie_seq_show).
 */
export function parseLocalIpv4(text: string, pool: AddressPool): readonly AddressIndex[] {
  const found = new Set<AddressIndex>();
  let word = -1;
  for (const line of text.split('\n')) {
    const leaf = line.indexOf('|-- ');
    if (leaf >= 0) word = ipv4Word(line.slice(leaf + 4));
    else if (word >= 0 && line.trimStart().startsWith('/32 host LOCAL')) found.add(pool.internIpv4(word));
  }
  return [...found];
}

/** An IPv6 address of an interface, and the network it stands in. */
export interface InterfaceAddress {
  readonly address: AddressIndex;
  readonly network: AttachedNetwork;
}

/** Reads /proc/net/if_inet6: `address index prefix scope flags name`, all in hexadecimal, the address in network order. */
export function parseIpv6Addresses(text: string, pool: AddressPool): readonly InterfaceAddress[] {
  const found: InterfaceAddress[] = [];
  for (const line of text.split('\n')) {
    const match =
      /^([0-9a-f]{8})([0-9a-f]{8})([0-9a-f]{8})([0-9a-f]{8}) [0-9a-f]+ ([0-9a-f]{2}) .* (\S+)$/.exec(line);
    if (match === null) continue;
    const words = match.slice(1, 5).map((word) => Number.parseInt(word, 16));
    const prefixLength = Number.parseInt(match[5] as string, 16);
    if (prefixLength > 128) continue;
    const masked = words.map((word, index) => (word & prefixMask(prefixLength - 32 * index)) >>> 0);
    const [w0, w1, w2, w3] = words as [number, number, number, number];
    const [m0, m1, m2, m3] = masked as [number, number, number, number];
    found.push({
      address: pool.intern(w0, w1, w2, w3),
      network: {
        address: pool.intern(m0, m1, m2, m3),
        prefixLength,
        interfaceName: match[6] as string,
      },
    });
  }
  return found;
}

/** True if the address stands in the network; an IPv4 address is never in an IPv6 network, nor the reverse. */
export function isInNetwork(address: AddressIndex, network: AttachedNetwork, pool: AddressPool): boolean {
  const ipv4 = pool.isIpv4(network.address);
  if (pool.isIpv4(address) !== ipv4) return false;
  if (ipv4) {
    const mask = prefixMask(network.prefixLength);
    return ((pool.word(address, 3) ^ pool.word(network.address, 3)) & mask) === 0;
  }
  for (const which of [0, 1, 2, 3] as const) {
    const mask = prefixMask(network.prefixLength - 32 * which);
    if (((pool.word(address, which) ^ pool.word(network.address, which)) & mask) !== 0) return false;
  }
  return true;
}

/** `10.1.0.0/16`. */
export function networkText(network: AttachedNetwork, pool: AddressPool): string {
  return `${pool.text(network.address)}/${network.prefixLength}`;
}

/** The word with the first `bits` bits set; 0 for none or less, all for 32 or more. */
function prefixMask(bits: number): number {
  if (bits <= 0) return 0;
  return bits >= 32 ? 0xffff_ffff : (0xffff_ffff << (32 - bits)) >>> 0;
}

/** The big-endian word of `a.b.c.d`, or -1. */
function ipv4Word(text: string): number {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return -1;
  let word = 0;
  for (let part = 1; part <= 4; part++) {
    const value = Number(match[part]);
    if (value > 255) return -1;
    word = word * 256 + value;
  }
  return word;
}

function hexWord(text: string | undefined): number {
  return text !== undefined && /^[0-9A-F]{8}$/i.test(text) ? swapBytes(Number.parseInt(text, 16)) : -1;
}
