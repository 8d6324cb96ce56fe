import type { AddressIndex, AddressPool } from './address-pool.ts';
import type { ByteCursor } from './byte-cursor.ts';
import { type SocketTable, socketState, type Transport, udp } from './socket-table.ts';

/** The tables of a network namespace under /proc/<pid>/net. */
export const socketFiles: readonly SocketFile[] = [
  { name: 'tcp', transport: 0, ipv6: false },
  { name: 'tcp6', transport: 0, ipv6: true },
  { name: 'udp', transport: 1, ipv6: false },
  { name: 'udp6', transport: 1, ipv6: true },
];

/** One of the four tables, and how to read its lines. */
export interface SocketFile {
  readonly name: 'tcp' | 'tcp6' | 'udp' | 'udp6';
  readonly transport: Transport;
  readonly ipv6: boolean;
  /** Only sockets that wait for others are wanted; the kernel prints them before all others (tcp_seq_start). */
  readonly onlyListening?: true;
}

/** What became of a piece of a table. */
export interface ParsedLines {
  /** Bytes up to and with the last whole line; what follows belongs to the next piece. */
  readonly consumedBytes: number;
  /** Lines that are neither the heading nor a socket. */
  readonly malformed: number;
  /** Whether a TCP socket that does not listen was met: none that does comes after it. */
  readonly pastListening: boolean;
}

/**
 * Appends the sockets of a piece of /proc/net/{tcp,tcp6,udp,udp6} to a table (Linux, net/ipv4/tcp_ipv4.c, get_tcp4_sock, and
 * its like for the others).
 *
 * Addresses are printed as host-order words of network-order bytes; the machine is taken to be little-endian, as every Linux
 * machine that Node supports but s390x is. Left out, since they are no socket of a process: TIME_WAIT and half-open requests
 * (SYN_RECV without a socket yet), closed TCP sockets, UDP sockets without a local port, and sockets without inode that are
 * not waiting to be accepted (the closing ends of connections whose process has let go of them).
 *
 * @param length - bytes that hold text; a line that is not closed by a newline is left for the next call
 */
export function parseSocketLines(
  cursor: ByteCursor,
  bytes: Uint8Array,
  length: number,
  file: SocketFile,
  namespace: number,
  pool: AddressPool,
  into: SocketTable,
): ParsedLines {
  let malformed = 0;
  let pastListening = false;
  let start = 0;
  while (start < length) {
    const newline = bytes.indexOf(0x0a, start);
    if (newline < 0 || newline >= length) break;
    cursor.reset(bytes, start, newline);
    cursor.skipBlanks();
    // The heading begins with the word `sl`.
    if (cursor.at < newline && bytes[cursor.at] !== 0x73) {
      const state = parseLine(cursor, file, namespace, pool, into);
      if (state < 0) malformed++;
      else if (state !== socketState.listen) pastListening = true;
    }
    start = newline + 1;
  }
  return { consumedBytes: start, malformed, pastListening };
}

/** @returns the socket's state, or -1 for a line that is none */
function parseLine(
  cursor: ByteCursor,
  file: SocketFile,
  namespace: number,
  pool: AddressPool,
  into: SocketTable,
): number {
  cursor.decimal(); // sl, the line's number
  cursor.expect(0x3a);
  cursor.skipBlanks();
  const local = readAddress(cursor, file.ipv6, pool);
  cursor.expect(0x3a);
  const localPort = cursor.hex(4);
  cursor.expect(0x20);
  const remote = readAddress(cursor, file.ipv6, pool);
  cursor.expect(0x3a);
  const remotePort = cursor.hex(4);
  cursor.expect(0x20);
  const state = cursor.hex(2);
  if (cursor.failed || state === 0 || state > socketState.newSynReceived) return -1;
  if (file.onlyListening === true && state !== socketState.listen) return state;
  cursor.skipWords(3); // tx_queue:rx_queue, tr:tm->when, retrnsmt
  const uid = cursor.decimal();
  cursor.skipWords(1); // timeout
  const inode = cursor.decimal();
  if (cursor.failed || uid > 0xffff_ffff || inode > 0xffff_ffff) return -1;
  if (isHeld(file.transport, state, localPort, inode)) {
    into.append(namespace, file.transport, state, local, localPort, remote, remotePort, uid, inode);
  }
  return state;
}

function isHeld(transport: Transport, state: number, localPort: number, inode: number): boolean {
  if (transport === udp) return localPort !== 0 && inode !== 0;
  if (state === socketState.timeWait || state === socketState.closed) return false;
  if (state === socketState.newSynReceived) return false;
  // Established without inode: in the accept queue of a listener. Close-wait: there too, but the client went away already.
  return inode !== 0 || state === socketState.established;
}

function readAddress(cursor: ByteCursor, ipv6: boolean, pool: AddressPool): AddressIndex {
  if (!ipv6) return pool.internIpv4(swapBytes(cursor.hex(8)));
  const word0 = swapBytes(cursor.hex(8));
  const word1 = swapBytes(cursor.hex(8));
  const word2 = swapBytes(cursor.hex(8));
  return pool.intern(word0, word1, word2, swapBytes(cursor.hex(8)));
}

/** Turns a word's bytes round: 0x0100007f becomes 0x7f000001. */
export function swapBytes(word: number): number {
  return ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | ((word >>> 24) & 0xff)) >>> 0;
}
