import type { CidrValue } from './expression.ts';

/** An address or network as bytes: 4 (IPv4) or 16 (IPv6), host bits zero. */
export interface Network {
  readonly bytes: readonly number[];
  readonly bits: number;
}

/**
 * Reads `10.0.0.0/8`, `fe80::/10` or a single address (all bits). Host bits are cleared; IPv4-mapped IPv6
 * (`::ffff:10.0.0.1`) is IPv4, as in endpoint ids. `undefined` if the text is neither. No zones, no leading zeros
 * (RFC 6943 §3.1.1: some readers take them as octal).
 */
export function parseNetwork(text: string): Network | undefined {
  if (text.length > 49) return undefined; // the longest: an IPv6 with embedded IPv4, and /128
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const bytes = address.includes(':') ? parseIpv6(address) : parseIpv4(address);
  if (bytes === undefined) return undefined;
  let bits = bytes.length * 8;
  if (slash >= 0) {
    const suffix = text.slice(slash + 1);
    if (!/^(0|[1-9]\d{0,2})$/.test(suffix) || Number(suffix) > bits) return undefined;
    bits = Number(suffix);
  }
  return isMapped(bytes) && bits >= 96
    ? { bytes: clearHostBits(bytes.slice(12), bits - 96), bits: bits - 96 }
    : { bytes: clearHostBits(bytes, bits), bits };
}

/** The literal for a network text, in canonical form; `undefined` if it is no address and no network. */
export function parseCidr(text: string): CidrValue | undefined {
  const network = parseNetwork(text);
  return network && Object.freeze({ kind: 'cidr', network: printAddress(network.bytes), bits: network.bits });
}

/** `10.0.0.0/8`; a single address without its prefix length. Inverse of `parseCidr`. */
export function printCidr(value: CidrValue): string {
  const full = value.network.includes(':') ? 128 : 32;
  return value.bits === full ? value.network : `${value.network}/${value.bits}`;
}

/** Whether `inner` lies in `outer`; never across families. */
export function networkContains(outer: Network, inner: Network): boolean {
  if (outer.bytes.length !== inner.bytes.length || inner.bits < outer.bits) return false;
  const masked = clearHostBits(inner.bytes, outer.bits);
  return masked.every((byte, i) => byte === outer.bytes[i]);
}

function parseIpv4(text: string): number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  const bytes: number[] = [];
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    bytes.push(Number(part));
  }
  return bytes;
}

function parseIpv6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? '', true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 16 - head.length - tail.length;
  // `::` stands for one group of zeros at least (RFC 4291 §2.2)
  if (halves.length === 2 ? missing < 2 : missing !== 0) return undefined;
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

/** Colon-separated groups as bytes; the last may be an IPv4 address where the text ends with it. */
function parseGroups(text: string, isEnd: boolean): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [i, group] of groups.entries()) {
    if (isEnd && i === groups.length - 1 && group.includes('.')) {
      const embedded = parseIpv4(group);
      if (embedded === undefined) return undefined;
      bytes.push(...embedded);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 255);
    }
  }
  return bytes.length > 16 ? undefined : bytes;
}

function isMapped(bytes: readonly number[]): boolean {
  return bytes.length === 16 && bytes.slice(0, 12).every((byte, i) => byte === (i < 10 ? 0 : 255));
}

function clearHostBits(bytes: readonly number[], bits: number): number[] {
  return bytes.map((byte, i) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - i * 8))) & 0xff);
}

/** RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as `::`. */
function printAddress(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  let start = 0;
  let length = 0;
  for (let from = 0; from < 8; from++) {
    let to = from;
    while (to < 8 && groups[to] === 0) to++;
    if (to - from > length) {
      start = from;
      length = to - from;
    }
  }
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}
