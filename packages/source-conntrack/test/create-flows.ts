import {
  errnoOfMessage,
  inNetworkNamespace,
  type Linux,
  NETLINK_PROTOCOL,
  NLMSG,
  netlinkRefused,
  openNetlink,
  splitMessages,
} from '@ridgeline/linux';
import type { Flow } from '../src/flow.ts';
import { encodeCreation } from './flow-message.ts';

/**
 * Makes the kernel track flows in a namespace, as if their packets had passed.
 *
 * @param path - of the namespace
 * @throws LinuxError when the kernel refuses one
 */
export function createFlows(linux: Linux, path: string, flows: Iterable<Flow>): void {
  const socket = inNetworkNamespace(linux, path, () =>
    openNetlink(linux, { protocol: NETLINK_PROTOCOL.netfilter }),
  );
  try {
    let sequence = 0;
    for (const flow of flows) {
      socket.send(encodeCreation(flow, ++sequence));
      const read = socket.receive();
      if (read.kind !== 'datagram') throw new Error(`the kernel gave no answer: ${read.kind}`);
      for (const message of splitMessages(read.bytes, read.length)) {
        const errno = message.type === NLMSG.error ? errnoOfMessage(read.bytes, message) : 0;
        if (errno !== 0) throw netlinkRefused(errno);
      }
    }
  } finally {
    socket.close();
  }
}

/**
 * Flows that nobody has, each from a port of its own.
 *
 * @param isTranslated - each goes to a virtual address that stands for another, and comes from one
 */
export function manyFlows(count: number, isTranslated: boolean, firstPort = 1024): Flow[] {
  return Array.from({ length: count }, (_, index) => {
    const source = { address: `10.99.${(index / 50_000) | 0}.1`, port: firstPort + (index % 50_000) };
    const destination = { address: isTranslated ? '10.100.0.1' : '10.100.0.2', port: 80 };
    return {
      id: 0,
      protocol: 'tcp',
      source,
      destination,
      replySource: isTranslated ? { address: '10.101.0.1', port: 8080 } : destination,
      replyDestination: isTranslated ? { address: '10.102.0.1', port: source.port } : source,
      isAnswered: true,
      isOver: false,
    };
  });
}
