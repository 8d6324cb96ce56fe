import type { ConnectionJson } from '@ridgeline/client/schema';

/** The connections with one other node. */
export interface Peer {
  readonly key: string;
  readonly node: string;
  readonly label: string;
  readonly labelMinor?: string;
  /** For the Internet: which of its addresses. */
  readonly remote?: string;
  /** By port, the busiest first. */
  readonly ports: readonly { readonly port: string; readonly count: number }[];
  readonly count: number;
}

/**
 * Connection rows by the node (and the address, of the Internet) at their other end, the busiest first.
 *
 * Law: the counts of the peers add up to those of the rows.
 */
export function groupPeers(rows: readonly ConnectionJson[]): readonly Peer[] {
  const peers = new Map<string, ConnectionJson[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.node, row.remote ?? row.label]);
    const known = peers.get(key);
    if (known === undefined) peers.set(key, [row]);
    else known.push(row);
  }
  return [...peers]
    .map(([key, own]) => peerOf(key, own))
    .sort((a, b) => b.count - a.count || order(a.key, b.key));
}

function peerOf(key: string, rows: readonly ConnectionJson[]): Peer {
  const { node, label, labelMinor, remote } = rows[0] as ConnectionJson;
  const counts = new Map<string, number>();
  for (const { port, count } of rows) counts.set(port, (counts.get(port) ?? 0) + count);
  return {
    key,
    node,
    label,
    ...(labelMinor === undefined ? {} : { labelMinor }),
    ...(remote === undefined ? {} : { remote }),
    ports: [...counts]
      .map(([port, count]) => ({ port, count }))
      .sort((a, b) => b.count - a.count || order(a.port, b.port)),
    count: rows.reduce((sum, row) => sum + row.count, 0),
  };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
