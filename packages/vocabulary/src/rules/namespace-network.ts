import { type Network, parseNetwork } from '@ridgeline/core';
import { addressText, ipv4Text } from '../ids/address-text.ts';

/** A network that hangs on an interface. */
export interface AttachedNetwork {
  readonly network: Network;
  readonly interfaceName: string;
}

/** The addresses of one network namespace, as text in the canonical form of endpoint ids. */
export interface NamespaceNetwork {
  readonly addresses: ReadonlySet<string>;
  readonly networks: readonly AttachedNetwork[];
  /** Gateways of IPv4 default routes. */
  readonly gateways: readonly string[];
}

/** The files of a namespace, as /proc/<pid>/net holds them. */
export interface NamespaceFiles {
  readonly fibTrie: string;
  readonly route: string;
  readonly ifInet6: string;
}

const ROUTE_UP = 0x1;
const ROUTE_GATEWAY = 0x2;
const ROUTE_REJECT = 0x200;

/** Reads a namespace's own addresses, its networks and its default gateways; lines that are not understood are left out. */
export function readNamespaceNetwork(files: NamespaceFiles): NamespaceNetwork {
  const addresses = new Set(parseLocalIpv4(files.fibTrie));
  const networks: AttachedNetwork[] = [];
  const gateways: string[] = [];
  for (const { interfaceName, destination, gateway, mask } of parseRoutes(files.route)) {
    if (mask === 0 && gateway !== 0) gateways.push(ipv4Text(gateway));
    if (gateway !== 0 || mask === 0) continue;
    const network = parseNetwork(`${ipv4Text(destination)}/${Math.clz32(~mask)}`);
    if (network !== undefined) networks.push({ network, interfaceName });
  }
  for (const { address, network } of parseIpv6(files.ifInet6)) {
    addresses.add(address);
    networks.push(network);
  }
  return { addresses, networks, gateways };
}

/** Addresses are the `/32 host LOCAL` leaves of fib_trie, named in the line before (net/ipv4/fib_trie.c, fib_trie_seq_show). */
function parseLocalIpv4(text: string): string[] {
  const found: string[] = [];
  let address = '';
  for (const line of text.split('\n')) {
    const leaf = line.indexOf('|-- ');
    if (leaf >= 0) address = line.slice(leaf + 4).trim();
    else if (address !== '' && line.trimStart().startsWith('/32 host LOCAL')) found.push(address);
  }
  return found;
}

interface Route {
  readonly interfaceName: string;
  readonly destination: number;
  readonly gateway: number;
  readonly mask: number;
}

/** Lines of /proc/net/route: words in hexadecimal, in the machine's byte order; both architectures here are little-endian. */
function parseRoutes(text: string): Route[] {
  const routes: Route[] = [];
  for (const line of text.split('\n')) {
    const [interfaceName, destination, gateway, flags, , , , mask] = line.trim().split(/\s+/);
    if (interfaceName === undefined || mask === undefined || flags === undefined) continue;
    const words = [destination, gateway, mask].map(swappedWord);
    const bits = Number.parseInt(flags, 16);
    const [to = Number.NaN, by = Number.NaN, within = Number.NaN] = words;
    if (words.some(Number.isNaN) || (bits & ROUTE_UP) === 0 || (bits & ROUTE_REJECT) !== 0) continue;
    const via = (bits & ROUTE_GATEWAY) === 0 ? 0 : by;
    routes.push({ interfaceName, destination: to, gateway: via, mask: within });
  }
  return routes;
}

/** Lines of /proc/net/if_inet6: `address index prefix scope flags name`, all in hexadecimal, the address in network order. */
function parseIpv6(text: string): { address: string; network: AttachedNetwork }[] {
  const found: { address: string; network: AttachedNetwork }[] = [];
  for (const line of text.split('\n')) {
    const match = /^([0-9a-f]{32}) [0-9a-f]+ ([0-9a-f]{2}) .* (\S+)$/.exec(line);
    const [, digits = '', prefix = '', interfaceName = ''] = match ?? [];
    if (match === null) continue;
    const written = digits.replace(/(.{4})(?!$)/g, '$1:');
    const network = parseNetwork(`${written}/${Number.parseInt(prefix, 16)}`);
    if (network === undefined) continue;
    found.push({
      address: addressText(wordAt(digits, 0), wordAt(digits, 8), wordAt(digits, 16), wordAt(digits, 24)),
      network: { network, interfaceName },
    });
  }
  return found;
}

function swappedWord(digits: string | undefined): number {
  if (digits === undefined || !/^[0-9A-Fa-f]{8}$/.test(digits)) return Number.NaN;
  const word = wordAt(digits, 0);
  return ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}

function wordAt(digits: string, at: number): number {
  return Number.parseInt(digits.slice(at, at + 8), 16);
}
