import { type Network, parseNetwork } from '@ridgeline/core';
import { addressText, ipv4Text } from '@ridgeline/vocabulary';
import type { Flow, FlowEnd } from './flow.ts';

const MAX_PORT = 65_535;

/** The keys of one direction, in the order in which the kernel and the program print them. */
interface Direction {
  source?: string;
  destination?: string;
  sourcePort?: number;
  destinationPort?: number;
  bytes?: number;
}

/**
 * Reads a line of /proc/net/nf_conntrack, or of `conntrack -L -o extended,id`:
 *
 *     ipv4     2 tcp      6 119 TIME_WAIT src=… dst=… sport=… dport=… [packets=… bytes=…] src=… … [ASSURED] mark=0 use=1 [id=…]
 *
 * @returns `undefined` for protocols without ports, and for lines that are not understood
 * @remarks Source: net/netfilter/nf_conntrack_standalone.c, ct_seq_show. Law: never throws.
 */
export function parseFlowLine(line: string): Flow | undefined {
  const words = line.split(/\s+/);
  const transport = words.findIndex((word) => word === 'tcp' || word === 'udp');
  // Third after the family and its number; first in the program's short form.
  if (transport !== 0 && transport !== 2) return undefined;
  const protocol = words[transport] === 'tcp' ? 'tcp' : 'udp';
  const directions: Direction[] = [];
  let id = 0;
  let isAnswered = true;
  let isOver = false;
  for (const word of words) {
    if (word === '[UNREPLIED]') isAnswered = false;
    if (protocol === 'tcp' && (word === 'TIME_WAIT' || word === 'CLOSE')) isOver = true;
    const equals = word.indexOf('=');
    if (equals < 0) continue;
    const key = word.slice(0, equals);
    const value = word.slice(equals + 1);
    if (key === 'src') directions.push({ source: value });
    if (key === 'id') id = wholeNumber(value) ?? 0;
    const direction = directions.at(-1);
    if (direction !== undefined) addTo(direction, key, value);
  }
  const [original, reply] = directions;
  if (original === undefined || reply === undefined || directions.length !== 2) return undefined;
  const source = endOf(original.source, original.sourcePort);
  const destination = endOf(original.destination, original.destinationPort);
  const replySource = endOf(reply.source, reply.sourcePort);
  const replyDestination = endOf(reply.destination, reply.destinationPort);
  if (
    source === undefined ||
    destination === undefined ||
    replySource === undefined ||
    replyDestination === undefined
  ) {
    return undefined;
  }
  return {
    id,
    protocol,
    source,
    destination,
    replySource,
    replyDestination,
    isAnswered,
    isOver,
    ...(original.bytes === undefined ? {} : { sentBytes: original.bytes }),
    ...(reply.bytes === undefined ? {} : { receivedBytes: reply.bytes }),
  };
}

function addTo(direction: Direction, key: string, value: string): void {
  const number = wholeNumber(value);
  if (key === 'dst') direction.destination = value;
  if (number === undefined) return;
  if (key === 'sport') direction.sourcePort = number;
  if (key === 'dport') direction.destinationPort = number;
  if (key === 'bytes') direction.bytes = number;
}

function endOf(address: string | undefined, port: number | undefined): FlowEnd | undefined {
  if (address === undefined || port === undefined || port > MAX_PORT) return undefined;
  const canonical = canonicalAddress(address);
  return canonical === undefined ? undefined : { address: canonical, port };
}

/** The kernel prints IPv6 in full (`%pI6`), ids of endpoints are in the short form. */
function canonicalAddress(text: string): string | undefined {
  const parsed: Network | undefined = text.includes('/') ? undefined : parseNetwork(text);
  if (parsed === undefined) return undefined;
  const { bytes } = parsed;
  const wordAt = (at: number): number =>
    (((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number)) >>>
    0;
  return bytes.length === 4 ? ipv4Text(wordAt(0)) : addressText(wordAt(0), wordAt(4), wordAt(8), wordAt(12));
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
