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
