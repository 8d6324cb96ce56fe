import type { AddressIndex, AddressPool } from './address-pool.ts';
import { namespaceInodeOf } from './link-inode.ts';
import {
  type AttachedNetwork,
  networksOfRoutes,
  parseIpv6Addresses,
  parseLocalIpv4,
  parseRoutes,
  type Route,
} from './network-files.ts';
import type { ProcRoot } from './proc-root.ts';
import type { ProcessRecord } from './process-table.ts';

/** A network namespace that some visible process lives in. */
export interface NetworkNamespace {
  /** Inode of the namespace; 0 when it could not be read at all and the root's only tables are taken for the own ones. */
  readonly inode: number;
  /** The namespace of the process that scans: the host's own. */
  readonly isOwn: boolean;
  /** Processes that live in it, by rising pid: it is read through the first that is still there. */
  readonly pids: readonly number[];
  readonly network: NamespaceNetwork;
}

/** The addresses of a namespace. */
export interface NamespaceNetwork {
  /** Every address that is its own, of both families. */
  readonly addresses: readonly AddressIndex[];
  readonly networks: readonly AttachedNetwork[];
  readonly routes: readonly Route[];
}

/** Addresses and routes are read again after so many scans. */
const networkEvery = 5;

/** Keeps what is known of the network namespaces from scan to scan. */
export class NamespaceReader {
  private readonly root: ProcRoot;
  private known: Map<number, { readonly readAt: number; readonly network: NamespaceNetwork }> = new Map();

  constructor(root: ProcRoot) {
    this.root = root;
  }

  /** Forgets every address: they are numbers of the pool that was. */
  forget(): void {
    this.known.clear();
  }

  /** Groups the processes by namespace, the own one first, and reads each namespace's addresses; yields after each. */
  *read(
    scan: number,
    processes: readonly ProcessRecord[],
    pool: AddressPool,
  ): Generator<void, readonly NetworkNamespace[], void> {
    const pids = pidsByNamespace(processes);
    const own = this.ownInode(processes);
    if (pids.size === 0 && processes.length > 0)
      pids.set(
        own,
        processes.map((process) => process.pid),
      );
    const inodes = [...pids.keys()].sort((a, b) => Number(b === own) - Number(a === own) || a - b);
    const known = new Map<number, { readonly readAt: number; readonly network: NamespaceNetwork }>();
    const namespaces: NetworkNamespace[] = [];
    for (const inode of inodes) {
      const inhabitants = pids.get(inode) ?? [];
      const before = this.known.get(inode);
      const current =
        before !== undefined && scan - before.readAt < networkEvery
          ? before
          : { readAt: scan, network: this.readNetwork(inhabitants, pool) };
      known.set(inode, current);
      namespaces.push({ inode, isOwn: inode === own, pids: inhabitants, network: current.network });
      yield;
    }
    this.known = known;
    return namespaces;
  }

  /** The namespace of the scanning process (`self`); in a copy of /proc of the process it was, else of the least pid. */
  private ownInode(processes: readonly ProcessRecord[]): number {
    const self = this.root.link('self');
    const link = self !== undefined && /^\d+$/.test(self) ? this.root.link(`${self}/ns/net`) : undefined;
    const inode = link === undefined ? -1 : namespaceInodeOf(link);
    if (inode >= 0) return inode;
    return processes.find((process) => process.namespaceInode >= 0)?.namespaceInode ?? 0;
  }

  private readNetwork(pids: readonly number[], pool: AddressPool): NamespaceNetwork {
    for (const pid of pids) {
      const trie = this.root.readText(`${pid}/net/fib_trie`);
      if (trie === undefined) continue;
      const routes = parseRoutes(this.root.readText(`${pid}/net/route`) ?? '');
      const ipv6 = parseIpv6Addresses(this.root.readText(`${pid}/net/if_inet6`) ?? '', pool);
      return {
        addresses: [...parseLocalIpv4(trie, pool), ...ipv6.map((entry) => entry.address)],
        networks: [...networksOfRoutes(routes, pool), ...ipv6.map((entry) => entry.network)],
        routes,
      };
    }
    return { addresses: [], networks: [], routes: [] };
  }
}

function pidsByNamespace(processes: readonly ProcessRecord[]): Map<number, number[]> {
  const pids = new Map<number, number[]>();
  for (const process of processes) {
    if (process.namespaceInode < 0) continue;
    const inhabitants = pids.get(process.namespaceInode);
    if (inhabitants === undefined) pids.set(process.namespaceInode, [process.pid]);
    else inhabitants.push(process.pid);
  }
  return pids;
}
