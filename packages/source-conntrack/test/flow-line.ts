import { parseNetwork } from '@ridgeline/core';
import type { Flow, FlowEnd } from '../src/flow.ts';

/** The line of /proc/net/nf_conntrack that tells of a flow: what the parser reads back. */
export function printFlow(flow: Flow): string {
  const isV6 = flow.source.address.includes(':');
  const direction = (from: FlowEnd, to: FlowEnd, bytes: number | undefined): string =>
    `src=${written(from)} dst=${written(to)} sport=${from.port} dport=${to.port} ${bytes === undefined ? '' : `packets=1 bytes=${bytes} `}`;
  const state = flow.protocol === 'tcp' ? (flow.isOver ? 'TIME_WAIT ' : 'ESTABLISHED ') : '';
  return (
    `${isV6 ? 'ipv6     10' : 'ipv4     2'} ${flow.protocol}      ${flow.protocol === 'tcp' ? 6 : 17} 119 ${state}` +
    direction(flow.source, flow.destination, flow.sentBytes) +
    (flow.isAnswered ? '' : '[UNREPLIED] ') +
    direction(flow.replySource, flow.replyDestination, flow.receivedBytes) +
    `[ASSURED] mark=0 zone=0 use=2${flow.id === 0 ? '' : ` id=${flow.id}`}`
  );
}

/** As the kernel prints addresses: IPv6 in full. */
function written({ address }: FlowEnd): string {
  if (!address.includes(':')) return address;
  const bytes = parseNetwork(address)?.bytes ?? [];
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16).padStart(4, '0'),
  );
  return groups.join(':');
}
