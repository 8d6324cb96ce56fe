import { addressText } from '@ridgeline/vocabulary';
import type { AddressPool } from '../src/address-pool.ts';
import { swapBytes } from '../src/socket-lines.ts';
import type { Socket } from '../src/socket-table.ts';

/** The kernel's heading of /proc/net/tcp. */
export const heading =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';

/** Prints sockets as the kernel does (net/ipv4/tcp_ipv4.c, get_tcp4_sock; net/ipv6/tcp_ipv6.c, get_tcp6_sock). */
export function printSockets(sockets: readonly Socket[], ipv6: boolean, pool: AddressPool): string {
  const lines = sockets.map((socket, index) => {
    const local = `${printAddress(socket.local, ipv6, pool)}:${hex(socket.localPort, 4)}`;
    const remote = `${printAddress(socket.remote, ipv6, pool)}:${hex(socket.remotePort, 4)}`;
    const uid = String(socket.uid).padStart(5);
    const line = `${String(index).padStart(4)}: ${local} ${remote} ${hex(socket.state, 2)} 00000000:00000000 00:00000000 00000000 ${uid}        0 ${socket.inode} 1 0000000000000000 100 0 0 10 0`;
    return ipv6 ? line : line.padEnd(149);
  });
  return `${[ipv6 ? heading : heading.padEnd(149), ...lines].join('\n')}\n`;
}

function printAddress(index: number, ipv6: boolean, pool: AddressPool): string {
  const words = ([0, 1, 2, 3] as const).map((which) => hex(swapBytes(pool.word(index, which)), 8));
  if (ipv6) return words.join('');
  if (!pool.isIpv4(index)) throw new Error(`${addressText(0, 0, 0, 0)}: no IPv4 address`);
  return words[3] as string;
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
