import { type Network, networkContains, parseNetwork } from '@ridgeline/core';

/**
 * Reads an address. Other than in the filter language, leading zeros are allowed in IPv4: endpoint ids of
 * foreign reports are read as decimal (RULES.md §1).
 */
export function parseAddress(text: string): Network | undefined {
  if (text.includes('/')) return undefined;
  const address = text.includes(':') ? text : text.replace(/(^|\.)0+(?=\d)/g, '$1');
  return parseNetwork(address);
}

const LOOPBACK = ['127.0.0.0/8', '::1'].map((text) => parseNetwork(text) as Network);

/** Whether an address means its own host on every host. */
export function isLoopback(address: string): boolean {
  const ipv4 = readIpv4(address);
  if (ipv4 !== undefined) return ipv4 >>> 24 === 127;
  const parsed = parseAddress(address);
  return parsed !== undefined && LOOPBACK.some((network) => networkContains(network, parsed));
}

/**
 * The smallest IPv4 network that contains all addresses; of one address, the address itself.
 *
 * @param addresses - IPv4; doubles allowed
 * @returns `undefined` of none
 * @remarks O(n). Law: every address is inside, and no longer prefix contains them all. Source: RFC 4632 §3.1; the
 *   API server does not expose its range of service addresses (kubernetes/kubernetes#25533).
 */
export function containingNetwork(addresses: readonly Network[]): Network | undefined {
  const [first, ...rest] = addresses;
  if (first === undefined) return undefined;
  let bits = 32;
  for (const { bytes } of rest) bits = Math.min(bits, commonBits(first.bytes, bytes));
  return parseNetwork(`${first.bytes.join('.')}/${bits}`);
}

function commonBits(a: readonly number[], b: readonly number[]): number {
  let bits = 0;
  for (let i = 0; i < a.length; i++) {
    const differing = (a[i] as number) ^ (b[i] as number);
    if (differing === 0) bits += 8;
    else return bits + Math.clz32(differing) - 24;
  }
  return bits;
}

const DOT = 0x2e;
const ZERO = 0x30;

/** Reads four decimal numbers up to 255, joined by dots, as a signed 32-bit number, without making anything. */
export function readIpv4(text: string): number | undefined {
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
