import { AttributeCursor, LinuxError, type NetlinkMessage, NLM_F } from '@ridgeline/linux';
import { addressText, ipv4Text } from '@ridgeline/vocabulary';
import {
  CT_MESSAGE,
  CTA,
  CTA_COUNTERS_BYTES,
  CTA_IP,
  CTA_PROTO,
  CTA_PROTOINFO_TCP,
  CTA_PROTOINFO_TCP_STATE,
  CTA_TIMESTAMP_START,
  CTA_TUPLE,
  CTNETLINK,
  IPS,
  NFGENMSG_BYTES,
  TCP_STATE,
} from './ctnetlink.ts';
import type { Flow, FlowEnd, FlowEvent } from './flow.ts';

const PROTOCOLS: Readonly<Record<number, 'tcp' | 'udp'>> = { 6: 'tcp', 17: 'udp' };
/** Address texts kept; entries of a table share most of their addresses. */
const KEPT_ADDRESSES = 16_384;

interface Tuple {
  readonly protocol: number;
  readonly source: FlowEnd;
  readonly destination: FlowEnd;
}

/**
 * Decodes conntrack messages of nfnetlink. One is kept for each socket, since it reuses what it walks with.
 *
 * @remarks Law: whatever the bytes are, it answers or throws LinuxError `NETLINK_MALFORMED`, in time linear in the message, and
 *   reads nothing outside of the message.
 */
export class FlowDecoder {
  readonly #outer = new AttributeCursor();
  readonly #middle = new AttributeCursor();
  readonly #inner = new AttributeCursor();
  readonly #addresses = new Map<number, string>();

  /**
   * What a message tells, or `undefined` when it is of another subsystem, or of a protocol without ports.
   *
   * @throws LinuxError `NETLINK_MALFORMED`
   */
  event(bytes: Buffer, message: NetlinkMessage): FlowEvent | undefined {
    if (message.type >>> 8 !== CTNETLINK) return undefined;
    const said = message.type & 0xff;
    if (said !== CT_MESSAGE.new && said !== CT_MESSAGE.delete) return undefined;
    const flow = this.#flow(bytes, message);
    if (flow === undefined) return undefined;
    if (said === CT_MESSAGE.delete) return { kind: 'destroy', flow };
    // One message type for both: what was created says so in its flags (ctnetlink_conntrack_event).
    return { kind: (message.flags & NLM_F.create) === 0 ? 'update' : 'new', flow };
  }

  #flow(bytes: Buffer, { start, end }: NetlinkMessage): Flow | undefined {
    let original: Tuple | undefined;
    let reply: Tuple | undefined;
    let status = 0;
    let id = 0;
    let tcpState = 0;
    let startMillis: number | undefined;
    let sentBytes: number | undefined;
    let receivedBytes: number | undefined;
    const at = this.#outer;
    at.enter(bytes, start + NFGENMSG_BYTES, end);
    while (at.next()) {
      switch (at.type) {
        case CTA.tupleOriginal:
          original = this.#tuple(bytes);
          break;
        case CTA.tupleReply:
          reply = this.#tuple(bytes);
          break;
        case CTA.status:
          status = word(bytes, at);
          break;
        case CTA.id:
          id = word(bytes, at);
          break;
        case CTA.protocolInfo:
          tcpState = this.#tcpState(bytes);
          break;
        case CTA.countersOriginal:
          sentBytes = this.#number64(bytes, CTA_COUNTERS_BYTES);
          break;
        case CTA.countersReply:
          receivedBytes = this.#number64(bytes, CTA_COUNTERS_BYTES);
          break;
        case CTA.timestamp:
          startMillis = nanosToMillis(this.#number64(bytes, CTA_TIMESTAMP_START));
          break;
      }
    }
    const protocol = original === undefined ? undefined : PROTOCOLS[original.protocol];
    if (original === undefined || reply === undefined || protocol === undefined) return undefined;
    return {
      id,
      protocol,
      source: original.source,
      destination: original.destination,
      replySource: reply.source,
      replyDestination: reply.destination,
      isAnswered: (status & IPS.seenReply) !== 0,
      isOver: protocol === 'tcp' && (tcpState === TCP_STATE.timeWait || tcpState === TCP_STATE.close),
      ...(startMillis === undefined ? {} : { startMillis }),
      ...(sentBytes === undefined ? {} : { sentBytes }),
      ...(receivedBytes === undefined ? {} : { receivedBytes }),
    };
  }

  #tuple(bytes: Buffer): Tuple | undefined {
    let source: string | undefined;
    let destination: string | undefined;
    let protocol = 0;
    let sourcePort = 0;
    let destinationPort = 0;
    const part = this.#middle;
    const at = this.#inner;
    part.enter(bytes, this.#outer.start, this.#outer.end);
    while (part.next()) {
      if (part.type !== CTA_TUPLE.ip && part.type !== CTA_TUPLE.protocol) continue;
      at.enter(bytes, part.start, part.end);
      while (at.next()) {
        if (part.type === CTA_TUPLE.ip) {
          if (at.type === CTA_IP.v4Source || at.type === CTA_IP.v6Source) source = this.#address(bytes);
          if (at.type === CTA_IP.v4Destination || at.type === CTA_IP.v6Destination)
            destination = this.#address(bytes);
        } else if (at.type === CTA_PROTO.number) {
          protocol = bytes[need(at, 1).start] as number;
        } else if (at.type === CTA_PROTO.sourcePort) {
          sourcePort = bytes.readUInt16BE(need(at, 2).start);
        } else if (at.type === CTA_PROTO.destinationPort) {
          destinationPort = bytes.readUInt16BE(need(at, 2).start);
        }
      }
    }
    if (source === undefined || destination === undefined) return undefined;
    return {
      protocol,
      source: { address: source, port: sourcePort },
      destination: { address: destination, port: destinationPort },
    };
  }

  /** Of the attribute that `#inner` is at. */
  #address(bytes: Buffer): string {
    const at = this.#inner;
    if (at.type === CTA_IP.v6Source || at.type === CTA_IP.v6Destination) {
      const { start } = need(at, 16);
      return addressText(
        bytes.readUInt32BE(start),
        bytes.readUInt32BE(start + 4),
        bytes.readUInt32BE(start + 8),
        bytes.readUInt32BE(start + 12),
      );
    }
    const address = word(bytes, at);
    let text = this.#addresses.get(address);
    if (text === undefined) {
      if (this.#addresses.size >= KEPT_ADDRESSES) this.#addresses.clear();
      text = ipv4Text(address);
      this.#addresses.set(address, text);
    }
    return text;
  }

  /** Of the nested attribute that `#outer` is at; 0 for other protocols than TCP. */
  #tcpState(bytes: Buffer): number {
    const part = this.#middle;
    const at = this.#inner;
    part.enter(bytes, this.#outer.start, this.#outer.end);
    while (part.next()) {
      if (part.type !== CTA_PROTOINFO_TCP) continue;
      at.enter(bytes, part.start, part.end);
      while (at.next()) {
        if (at.type === CTA_PROTOINFO_TCP_STATE) return bytes[need(at, 1).start] as number;
      }
    }
    return 0;
  }

  /** A 64-bit number in the nested attribute that `#outer` is at. Bytes and nanoseconds fit a double well enough. */
  #number64(bytes: Buffer, type: number): number | undefined {
    const at = this.#middle;
    at.enter(bytes, this.#outer.start, this.#outer.end);
    while (at.next()) {
      if (at.type !== type) continue;
      const { start } = need(at, 8);
      return bytes.readUInt32BE(start) * 2 ** 32 + bytes.readUInt32BE(start + 4);
    }
    return undefined;
  }
}

function word(bytes: Buffer, at: AttributeCursor): number {
  return bytes.readUInt32BE(need(at, 4).start);
}

function need(at: AttributeCursor, byteCount: number): AttributeCursor {
  if (at.end - at.start >= byteCount) return at;
  throw new LinuxError(
    'NETLINK_MALFORMED',
    `a conntrack attribute of type ${at.type} has ${at.end - at.start} bytes instead of ${byteCount}`,
  );
}

function nanosToMillis(nanos: number | undefined): number | undefined {
  return nanos === undefined || nanos === 0 ? undefined : Math.round(nanos / 1e6);
}
