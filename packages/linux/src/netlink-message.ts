import { LinuxError } from './linux-error.ts';

/** Message types that every netlink protocol shares. Source: include/uapi/linux/netlink.h. */
export const NLMSG = { noop: 1, error: 2, done: 3, overrun: 4 } as const;
/** Request flags. NLM_F_DUMP is ROOT | MATCH. */
export const NLM_F = {
  request: 0x1,
  multi: 0x2,
  ack: 0x4,
  dumpInterrupted: 0x10,
  dump: 0x300,
  create: 0x400,
} as const;

const HEADER_BYTES = 16;
const ATTRIBUTE_HEADER_BYTES = 4;
/** Type bits of an attribute, without the nested and byte-order flags (NLA_TYPE_MASK). */
const ATTRIBUTE_TYPE_MASK = 0x3fff;

/** One message inside a received datagram; `start` and `end` bound its payload in the datagram, in bytes. */
export interface NetlinkMessage {
  readonly type: number;
  readonly flags: number;
  readonly sequence: number;
  readonly portId: number;
  readonly start: number;
  readonly end: number;
}

/** One attribute; `start` and `end` bound its payload. A nested attribute's payload is attributes again. */
export interface NetlinkAttribute {
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Splits a datagram into its messages.
 *
 * @param length - bytes of `datagram` that were received
 * @throws LinuxError `NETLINK_MALFORMED` when a length runs out of the datagram
 * @remarks Law: messages neither overlap nor leave `0..length`, whatever the bytes are.
 */
export function splitMessages(datagram: Buffer, length: number = datagram.length): NetlinkMessage[] {
  const messages: NetlinkMessage[] = [];
  const limit = Math.min(length, datagram.length);
  let offset = 0;
  while (offset + HEADER_BYTES <= limit) {
    const bytes = datagram.readUInt32LE(offset);
    if (bytes < HEADER_BYTES || bytes > limit - offset) throw malformed('message', offset, bytes);
    messages.push({
      type: datagram.readUInt16LE(offset + 4),
      flags: datagram.readUInt16LE(offset + 6),
      sequence: datagram.readUInt32LE(offset + 8),
      portId: datagram.readUInt32LE(offset + 12),
      start: offset + HEADER_BYTES,
      end: offset + bytes,
    });
    offset += align(bytes);
  }
  return messages;
}

/**
 * Splits a payload into its attributes.
 *
 * @param start - where the attributes begin: after the protocol's own header, or at a nested attribute's payload
 * @throws LinuxError `NETLINK_MALFORMED` when a length runs out of `start..end`
 */
export function splitAttributes(datagram: Buffer, start: number, end: number): NetlinkAttribute[] {
  const attributes: NetlinkAttribute[] = [];
  const limit = Math.min(end, datagram.length);
  let offset = start;
  while (offset + ATTRIBUTE_HEADER_BYTES <= limit) {
    const bytes = datagram.readUInt16LE(offset);
    if (bytes < ATTRIBUTE_HEADER_BYTES || bytes > limit - offset) throw malformed('attribute', offset, bytes);
    attributes.push({
      type: datagram.readUInt16LE(offset + 2) & ATTRIBUTE_TYPE_MASK,
      start: offset + ATTRIBUTE_HEADER_BYTES,
      end: offset + bytes,
    });
    offset += align(bytes);
  }
  return attributes;
}

/**
 * The errno inside an NLMSG_ERROR message: positive, 0 for an acknowledgement.
 *
 * @throws LinuxError `NETLINK_MALFORMED` when the message is too short to hold one
 */
export function errnoOfMessage(datagram: Buffer, message: NetlinkMessage): number {
  if (message.end - message.start < 4)
    throw malformed('error message', message.start, message.end - message.start);
  return -datagram.readInt32LE(message.start);
}

/**
 * Builds a request.
 *
 * @param payload - the protocol's header and attributes, already encoded
 */
export function encodeMessage(type: number, flags: number, sequence: number, payload: Uint8Array): Buffer {
  const message = Buffer.alloc(HEADER_BYTES + align(payload.length));
  message.writeUInt32LE(HEADER_BYTES + payload.length, 0);
  message.writeUInt16LE(type, 4);
  message.writeUInt16LE(flags | NLM_F.request, 6);
  message.writeUInt32LE(sequence, 8);
  message.set(payload, HEADER_BYTES);
  return message;
}

/** Builds an attribute, padded to its alignment; nest by giving other attributes as the payload. */
export function encodeAttribute(type: number, payload: Uint8Array): Buffer {
  const attribute = Buffer.alloc(ATTRIBUTE_HEADER_BYTES + align(payload.length));
  attribute.writeUInt16LE(ATTRIBUTE_HEADER_BYTES + payload.length, 0);
  attribute.writeUInt16LE(type, 2);
  attribute.set(payload, ATTRIBUTE_HEADER_BYTES);
  return attribute;
}

function align(bytes: number): number {
  return (bytes + 3) & ~3;
}

function malformed(what: string, offset: number, bytes: number): LinuxError {
  return new LinuxError(
    'NETLINK_MALFORMED',
    `a netlink ${what} at byte ${offset} claims ${bytes} bytes, which does not fit`,
  );
}
