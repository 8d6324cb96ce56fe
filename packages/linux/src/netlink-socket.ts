import { closeSync } from 'node:fs';
import { errnoName, errnoWords } from './errno.ts';
import { explainRefusal, type RefusalContext } from './explain-refusal.ts';
import type { Linux } from './linux.ts';
import { LinuxError } from './linux-error.ts';
import { errnoOfMessage, type NetlinkMessage, NLM_F, NLMSG, splitMessages } from './netlink-message.ts';

/** Netlink protocols used by the sources. Source: include/uapi/linux/netlink.h. */
export const NETLINK_PROTOCOL = { route: 0, sockDiag: 4, netfilter: 12 } as const;

/** How a socket is opened. */
export interface NetlinkOptions {
  /** One of `NETLINK_PROTOCOL`. */
  readonly protocol: number;
  /** Multicast groups as a bit mask (group n is bit n-1); 0 for requests alone. */
  readonly groups?: number;
  /** Room for messages not yet read. Above the system's limit when CAP_NET_ADMIN allows it, else up to the limit. */
  readonly receiveBufferBytes?: number;
}

/** What one read gave: the datagram (valid until the next read), nothing yet, or a loss. */
export type NetlinkRead =
  | { readonly kind: 'datagram'; readonly bytes: Buffer; readonly length: number }
  | { readonly kind: 'empty' }
  /** ENOBUFS: the kernel dropped messages; what is known must be read anew. */
  | { readonly kind: 'overrun' };

/** A netlink socket that never blocks unless a dump asks it to. */
export interface NetlinkSocket {
  readonly fd: number;
  /** Sends one request. */
  readonly send: (message: Uint8Array) => void;
  /** Reads one datagram without waiting. */
  readonly receive: () => NetlinkRead;
  /**
   * Sends a dump request and hands each datagram's messages to `each`, to the end of the dump.
   *
   * @returns true when the kernel says that the table changed under the dump (NLM_F_DUMP_INTR), so a second one is advised
   * @throws LinuxError `NETLINK_REFUSED` with the kernel's errno, `NETLINK_OVERRUN`, `NETLINK_MALFORMED`
   */
  readonly dump: (request: Uint8Array, each: (bytes: Buffer, message: NetlinkMessage) => void) => boolean;
  readonly close: () => void;
}

const AF_NETLINK = 16;
const SOCK_RAW_CLOEXEC = 3 | 0x80000;
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
const SO_RCVBUFFORCE = 33;
const MSG_TRUNC = 0x20;
const MSG_DONTWAIT = 0x40;
const EINTR = 4;
const EAGAIN = 11;
const ENOBUFS = 105;
/** A dump's datagram is at most 32 KiB, larger where the reader's buffer is (net/netlink/af_netlink.c, max_recvmsg_len). */
const READ_BYTES = 1 << 18;

/**
 * Opens a netlink socket in the network namespace of the calling thread.
 *
 * @throws LinuxError `CALL_REFUSED`
 * @remarks For another namespace call it inside `inNetworkNamespace`: the socket stays where it was opened.
 */
export function openNetlink(
  linux: Linux,
  options: NetlinkOptions,
  context: RefusalContext = {},
): NetlinkSocket {
  const { native } = linux;
  const fd = native.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, options.protocol);
  if (fd < 0) throw explainRefusal('socket(AF_NETLINK)', linux.errno(), context);
  if (options.receiveBufferBytes !== undefined) widenReceiveBuffer(linux, fd, options.receiveBufferBytes);
  const address = Buffer.alloc(12);
  address.writeUInt16LE(AF_NETLINK, 0);
  address.writeUInt32LE(options.groups ?? 0, 8);
  if (native.bind(fd, address, address.length) !== 0) {
    const error = explainRefusal('bind(AF_NETLINK)', linux.errno(), context);
    closeSync(fd);
    throw error;
  }
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  const read = (flags: number): NetlinkRead => {
    for (;;) {
      const length = Number(native.recv(fd, buffer, buffer.length, flags | MSG_TRUNC));
      if (length > buffer.length) return { kind: 'overrun' };
      if (length >= 0) return { kind: 'datagram', bytes: buffer, length };
      const errno = linux.errno();
      if (errno === EINTR) continue;
      if (errno === EAGAIN) return { kind: 'empty' };
      if (errno === ENOBUFS) return { kind: 'overrun' };
      throw explainRefusal('recv(AF_NETLINK)', errno, context);
    }
  };
  const send = (message: Uint8Array): void => {
    if (Number(native.send(fd, message, message.length, 0)) >= 0) return;
    throw explainRefusal('send(AF_NETLINK)', linux.errno(), context);
  };
  let open = true;
  return {
    fd,
    send,
    receive: () => read(MSG_DONTWAIT),
    dump: (request, each) => {
      send(request);
      return readDump(() => read(0), each);
    },
    close: () => {
      if (open) closeSync(fd);
      open = false;
    },
  };
}

function readDump(read: () => NetlinkRead, each: (bytes: Buffer, message: NetlinkMessage) => void): boolean {
  let interrupted = false;
  for (;;) {
    const datagram = read();
    if (datagram.kind === 'overrun') {
      throw new LinuxError('NETLINK_OVERRUN', 'a netlink dump did not fit into the receive buffer');
    }
    if (datagram.kind === 'empty') continue;
    for (const message of splitMessages(datagram.bytes, datagram.length)) {
      if ((message.flags & NLM_F.dumpInterrupted) !== 0) interrupted = true;
      if (message.type === NLMSG.done) return interrupted;
      if (message.type === NLMSG.error) {
        const errno = errnoOfMessage(datagram.bytes, message);
        if (errno === 0) return interrupted;
        throw netlinkRefused(errno);
      }
      each(datagram.bytes, message);
    }
  }
}

/** The error for an errno that came inside a netlink message, not from a call. */
export function netlinkRefused(errno: number): LinuxError {
  return new LinuxError(
    'NETLINK_REFUSED',
    `the kernel refused a netlink request (${errnoName(errno)}): ${errnoWords(errno)}`,
    { errno },
  );
}

/** SO_RCVBUFFORCE passes the system's limit but needs CAP_NET_ADMIN; without it the limit applies. */
function widenReceiveBuffer(linux: Linux, fd: number, bytes: number): void {
  const value = Buffer.alloc(4);
  value.writeUInt32LE(bytes, 0);
  if (linux.native.setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, value, 4) === 0) return;
  linux.native.setsockopt(fd, SOL_SOCKET, SO_RCVBUF, value, 4);
}
