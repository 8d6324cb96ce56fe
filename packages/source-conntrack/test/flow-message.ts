import { parseNetwork } from '@ridgeline/core';
import { encodeAttribute, encodeMessage, NLM_F } from '@ridgeline/linux';
import {
  CT_MESSAGE,
  CTA,
  CTA_IP,
  CTA_PROTO,
  CTA_TUPLE,
  CTNETLINK,
  IPS,
  TCP_STATE,
} from '../src/ctnetlink.ts';
import {
  type Flow,
  type FlowEnd,
  type FlowEvent,
  isDestinationTranslated,
  isSourceTranslated,
} from '../src/flow.ts';

const AF_INET = 2;
const AF_INET6 = 10;
const CTA_NAT_SOURCE = 6;
const CTA_TIMEOUT = 7;
const CTA_NAT_DESTINATION = 13;
const NESTED = 0x8000;
const IPS_ASSURED = 0x4;
const IPS_CONFIRMED = 0x8;
const PROTOCOL_NUMBER = { tcp: 6, udp: 17 } as const;
const NLM_F_EXCL = 0x200;
const NLM_F_CREATE = 0x400;
const TCP_ESTABLISHED = 3;

/** The message with which the kernel tells of a flow: what the decoder reads back. */
export function encodeEvent({ kind, flow }: FlowEvent, sequence = 0): Buffer {
  const said = kind === 'destroy' ? CT_MESSAGE.delete : CT_MESSAGE.new;
  return encodeMessage(
    (CTNETLINK << 8) | said,
    kind === 'new' ? NLM_F_CREATE : 0,
    sequence,
    encodeFlow(flow, flow.isAnswered ? IPS.seenReply : 0),
  );
}

/** A request that makes the kernel track a flow nobody has, with its translations: for tables of any size without a network. */
export function encodeCreation(flow: Flow, sequence: number): Buffer {
  const untranslated = { ...flow, id: 0, replySource: flow.destination, replyDestination: flow.source };
  return encodeMessage(
    (CTNETLINK << 8) | CT_MESSAGE.new,
    NLM_F_CREATE | NLM_F_EXCL | NLM_F.ack,
    sequence,
    Buffer.concat([
      // Confirmed, so that it has a timeout; assured, so that it is not the first to go when the table is full.
      encodeFlow(untranslated, IPS_CONFIRMED | IPS_ASSURED | IPS.seenReply),
      encodeAttribute(CTA_TIMEOUT, bigEndian(600)),
      ...(isDestinationTranslated(flow) ? [encodeNat(CTA_NAT_DESTINATION, flow.replySource)] : []),
      ...(isSourceTranslated(flow) ? [encodeNat(CTA_NAT_SOURCE, flow.replyDestination)] : []),
    ]),
  );
}

function encodeNat(type: number, to: FlowEnd): Buffer {
  const isV6 = to.address.includes(':');
  const ports = Buffer.concat([
    encodeAttribute(1, bigEndian16(to.port)),
    encodeAttribute(2, bigEndian16(to.port)),
  ]);
  return encodeAttribute(
    type | NESTED,
    Buffer.concat([
      encodeAttribute(isV6 ? 4 : 1, addressBytes(to)),
      encodeAttribute(isV6 ? 5 : 2, addressBytes(to)),
      encodeAttribute(3 | NESTED, ports),
    ]),
  );
}

function encodeFlow(flow: Flow, status: number): Buffer {
  const family = Buffer.alloc(4);
  family[0] = flow.source.address.includes(':') ? AF_INET6 : AF_INET;
  const state = flow.isOver ? TCP_STATE.timeWait : TCP_ESTABLISHED;
  return Buffer.concat([
    family,
    encodeTuple(CTA.tupleOriginal, flow.protocol, flow.source, flow.destination),
    encodeTuple(CTA.tupleReply, flow.protocol, flow.replySource, flow.replyDestination),
    encodeAttribute(CTA.status, bigEndian(status)),
    ...(flow.id === 0 ? [] : [encodeAttribute(CTA.id, bigEndian(flow.id))]),
    ...(flow.protocol === 'tcp'
      ? [
          encodeAttribute(
            CTA.protocolInfo | NESTED,
            encodeAttribute(1 | NESTED, encodeAttribute(1, Buffer.of(state))),
          ),
        ]
      : []),
    ...encodeBytes(CTA.countersOriginal, flow.sentBytes),
    ...encodeBytes(CTA.countersReply, flow.receivedBytes),
    ...(flow.startMillis === undefined
      ? []
      : [
          encodeAttribute(
            CTA.timestamp | NESTED,
            encodeAttribute(1, bigEndian64(BigInt(flow.startMillis) * 1_000_000n)),
          ),
        ]),
  ]);
}

function encodeTuple(type: number, protocol: 'tcp' | 'udp', source: FlowEnd, destination: FlowEnd): Buffer {
  const isV6 = source.address.includes(':');
  const addresses = Buffer.concat([
    encodeAttribute(isV6 ? CTA_IP.v6Source : CTA_IP.v4Source, addressBytes(source)),
    encodeAttribute(isV6 ? CTA_IP.v6Destination : CTA_IP.v4Destination, addressBytes(destination)),
  ]);
  const ports = Buffer.concat([
    encodeAttribute(CTA_PROTO.number, Buffer.of(PROTOCOL_NUMBER[protocol])),
    encodeAttribute(CTA_PROTO.sourcePort, bigEndian16(source.port)),
    encodeAttribute(CTA_PROTO.destinationPort, bigEndian16(destination.port)),
  ]);
  const parts = [
    encodeAttribute(CTA_TUPLE.ip | NESTED, addresses),
    encodeAttribute(CTA_TUPLE.protocol | NESTED, ports),
  ];
  return encodeAttribute(type | NESTED, Buffer.concat(parts));
}

function encodeBytes(type: number, count: number | undefined): Buffer[] {
  if (count === undefined) return [];
  const packets = encodeAttribute(1, bigEndian64(1n));
  return [
    encodeAttribute(type | NESTED, Buffer.concat([packets, encodeAttribute(2, bigEndian64(BigInt(count)))])),
  ];
}

function addressBytes({ address }: FlowEnd): Buffer {
  const parsed = parseNetwork(address);
  if (parsed === undefined) throw new Error(`${address} is no address`);
  return Buffer.from(parsed.bytes);
}

function bigEndian(word: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(word);
  return bytes;
}

function bigEndian16(word: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(word);
  return bytes;
}

function bigEndian64(word: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(word);
  return bytes;
}
