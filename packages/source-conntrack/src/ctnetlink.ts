import { encodeAttribute, encodeMessage, NLM_F } from '@ridgeline/linux';

/** Subsystem of nfnetlink, in the high byte of a message's type. Source: include/uapi/linux/netfilter/nfnetlink.h. */
export const CTNETLINK = 1;

/** What a message says, in the low byte of its type. Source: include/uapi/linux/netfilter/nfnetlink_conntrack.h. */
export const CT_MESSAGE = { new: 0, get: 1, delete: 2 } as const;

/** Multicast groups as bits. Source: include/uapi/linux/netfilter/nfnetlink_compat.h. */
export const CT_GROUP = { new: 1, update: 2, destroy: 4 } as const;

/** Attributes of an entry; nested ones have tables of their own. */
export const CTA = {
  tupleOriginal: 1,
  tupleReply: 2,
  status: 3,
  protocolInfo: 4,
  countersOriginal: 9,
  countersReply: 10,
  id: 12,
  timestamp: 20,
  statusMask: 26,
} as const;
export const CTA_TUPLE = { ip: 1, protocol: 2 } as const;
export const CTA_IP = { v4Source: 1, v4Destination: 2, v6Source: 3, v6Destination: 4 } as const;
export const CTA_PROTO = { number: 1, sourcePort: 2, destinationPort: 3 } as const;
export const CTA_PROTOINFO_TCP = 1;
export const CTA_PROTOINFO_TCP_STATE = 1;
export const CTA_COUNTERS_BYTES = 2;
export const CTA_TIMESTAMP_START = 1;

/** Bits of an entry's status. Source: include/uapi/linux/netfilter/nf_conntrack_common.h. */
export const IPS = { seenReply: 0x2, sourceNat: 0x10, destinationNat: 0x20 } as const;

/** States of TCP in which the connection is over. Source: include/uapi/linux/netfilter/nf_conntrack_tcp.h. */
export const TCP_STATE = { timeWait: 7, close: 8 } as const;

/** struct nfgenmsg before the attributes: family, version, resource id. */
export const NFGENMSG_BYTES = 4;

/** Which entries a dump asks the kernel for. */
export type DumpFilter = { readonly value: number; readonly mask: number } | undefined;

/**
 * Two filters that together give each entry with NAT once. One would not do: the kernel compares `status & mask` with a value
 * (net/netfilter/nf_conntrack_netlink.c), so "either bit" cannot be said.
 */
export const NAT_FILTERS: readonly DumpFilter[] = [
  { value: IPS.sourceNat, mask: IPS.sourceNat },
  { value: IPS.destinationNat, mask: IPS.sourceNat | IPS.destinationNat },
];

/** Every entry. */
export const NO_FILTER: readonly DumpFilter[] = [undefined];

/** The request for a dump of both families. Kernels that do not know the filter send every entry: readers look again. */
export function encodeDumpRequest(filter: DumpFilter, sequence: number): Buffer {
  const family = Buffer.alloc(NFGENMSG_BYTES); // AF_UNSPEC
  const filters =
    filter === undefined
      ? []
      : [
          encodeAttribute(CTA.status, bigEndian(filter.value)),
          encodeAttribute(CTA.statusMask, bigEndian(filter.mask)),
        ];
  const type = (CTNETLINK << 8) | CT_MESSAGE.get;
  return encodeMessage(type, NLM_F.dump, sequence, Buffer.concat([family, ...filters]));
}

function bigEndian(word: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(word, 0);
  return bytes;
}
