import { formatAddress } from './address-text.ts';
import { BpfObjectError } from './bpf-object-error.ts';
import { DIRECTIONS, type Direction, RECORD_BYTES, RECORD_KINDS, type RecordKind } from './record-layout.ts';
import { readSocket } from './socket-key.ts';

/** A record of the kernel's programs, decoded. Times are milliseconds of the monotonic clock (`performance`'s and hrtime's). */
export interface ConnectionRecord {
  readonly kind: RecordKind;
  readonly timeMillis: number;
  /** Names the socket while it lives; addresses are used again, so a socket is known by this and `bornMillis`. */
  readonly socket: number;
  /** When the connection began, 0 when that was not seen. */
  readonly bornMillis: number;
  readonly protocol: 'tcp' | 'udp';
  readonly direction: Direction;
  /** IPv4, mapped ones too, in dots; IPv6 as in RFC 5952. */
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** Inode of the network namespace. */
  readonly networkNamespace: number;
  /** Process id in the first pid namespace, 0 when unknown. */
  readonly pid: number;
  readonly command: string;
  /** cgroup v2 id, 0 when unknown; an inode number, below 2^53. */
  readonly cgroup: number;
  /** Payload bytes; counted at the end of a connection and in a snapshot. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** errno of the socket at its end, 0 for none. */
  readonly errno: number;
  /** TCP state that was left; in a snapshot the present one. */
  readonly state: number;
}

/** How records lie in a run of bytes: back to back, or each behind the ring's 8-byte header. */
export type RecordFraming = 'packed' | 'ring';

const IPPROTO_TCP = 6;
const IPPROTO_UDP = 17;
const RING_HEADER_BYTES = 8;
const NANOS_PER_MILLI = 1e6;
/** Addresses remembered by a decoder; more than the peers of a busy host, little enough to start over. */
const REMEMBERED_ADDRESSES = 8192;

/** Decodes runs of records; remembers the text of addresses it has seen, for they repeat. */
export interface RecordDecoder {
  /**
   * @throws BpfObjectError `RECORD_MALFORMED` on a run cut short, or on a record of unknown kind, direction or protocol
   */
  readonly decode: (
    bytes: Uint8Array,
    framing: RecordFraming,
    each: (record: ConnectionRecord) => void,
  ) => void;
}

export function createRecordDecoder(): RecordDecoder {
  const remembered = new Map<string, string>();
  const addressAt = (bytes: Buffer, at: number): string => {
    const key = bytes.toString('latin1', at, at + 16);
    let text = remembered.get(key);
    if (text === undefined) {
      if (remembered.size >= REMEMBERED_ADDRESSES) remembered.clear();
      text = formatAddress(bytes, at);
      remembered.set(key, text);
    }
    return text;
  };
  return {
    decode: (run, framing, each) => {
      const bytes = Buffer.from(run.buffer, run.byteOffset, run.byteLength);
      const header = framing === 'ring' ? RING_HEADER_BYTES : 0;
      const stride = header + RECORD_BYTES;
      if (bytes.length % stride !== 0)
        throw malformed(`${bytes.length} bytes are no whole number of records`);
      for (let at = header; at < bytes.length; at += stride) each(decodeRecord(bytes, at, addressAt));
    },
  };
}

function decodeRecord(
  bytes: Buffer,
  at: number,
  addressAt: (bytes: Buffer, at: number) => string,
): ConnectionRecord {
  const kind = RECORD_KINDS[bytes.readUInt8(at + 60)];
  const direction = DIRECTIONS[bytes.readUInt8(at + 63)];
  const protocol = bytes.readUInt16LE(at + 124);
  if (kind === undefined) throw malformed(`unknown kind ${bytes[at + 60]}`);
  if (direction === undefined) throw malformed(`unknown direction ${bytes[at + 63]}`);
  if (protocol !== IPPROTO_TCP && protocol !== IPPROTO_UDP) throw malformed(`unknown protocol ${protocol}`);
  return {
    kind,
    timeMillis: readUInt64(bytes, at) / NANOS_PER_MILLI,
    socket: readSocket(bytes, at + 8),
    bornMillis: readUInt64(bytes, at + 40) / NANOS_PER_MILLI,
    protocol: protocol === IPPROTO_UDP ? 'udp' : 'tcp',
    direction,
    localAddress: addressAt(bytes, at + 64),
    localPort: bytes.readUInt16LE(at + 56),
    remoteAddress: addressAt(bytes, at + 80),
    remotePort: bytes.readUInt16LE(at + 58),
    networkNamespace: bytes.readUInt32LE(at + 48),
    pid: bytes.readUInt32LE(at + 52),
    command: readCommand(bytes, at + 96),
    cgroup: readUInt64(bytes, at + 16),
    sentBytes: readUInt64(bytes, at + 24),
    receivedBytes: readUInt64(bytes, at + 32),
    errno: Math.abs(bytes.readInt32LE(at + 112)),
    state: bytes.readUInt8(at + 62),
  };
}

/** As a number: exact below 2^53, which time, bytes and ids stay under for centuries. */
function readUInt64(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at + 4) * 0x1_0000_0000 + bytes.readUInt32LE(at);
}

function readCommand(bytes: Buffer, at: number): string {
  let end = at;
  while (end < at + 16 && bytes[end] !== 0) end++;
  return bytes.toString('utf8', at, end);
}

function malformed(problem: string): BpfObjectError {
  return new BpfObjectError('RECORD_MALFORMED', `a run of records is damaged: ${problem}`);
}
