import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import {
  createEndpointScopes,
  type EndpointScopes,
  type NamespaceNetwork,
  readNamespaceNetwork,
} from '@ridgeline/vocabulary';

/** Keeps the addresses of all network namespaces that processes live in. */
export interface NamespaceMap {
  /**
   * Scopes by what is known, read anew every few seconds, and at once when a namespace is asked for that is not known yet.
   *
   * @param wanted - inodes of the namespaces of the connections to be reported
   */
  readonly scopes: (monotonicMillis: number, wanted: ReadonlySet<number>) => EndpointScopes;
}

const READ_EVERY_MILLIS = 5000;
/** A namespace that nobody lives in any more stays unknown: it is not looked for at every report. */
const LOOK_AGAIN_MILLIS = 1000;

/** @param procRoot - a mounted proc file system */
export function createNamespaceMap(host: string, procRoot = '/proc'): NamespaceMap {
  let known: ReadonlyMap<number, NamespaceNetwork> = new Map();
  let scopes: EndpointScopes | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    scopes: (now, wanted) => {
      const age = now - readAt;
      const isMissing = age >= LOOK_AGAIN_MILLIS && [...wanted].some((inode) => !known.has(inode));
      if (scopes !== undefined && age < READ_EVERY_MILLIS && !isMissing) return scopes;
      readAt = now;
      // A namespace whose last process has just ended still has connections in this report: keep what is known of it for a round.
      const current = readNamespaces(procRoot);
      const kept = new Map([...known].filter(([inode]) => wanted.has(inode)));
      known = new Map([...kept, ...current]);
      scopes = createEndpointScopes(host, ownNamespace(procRoot), known);
      return scopes;
    },
  };
}

function readNamespaces(procRoot: string): Map<number, NamespaceNetwork> {
  const found = new Map<number, NamespaceNetwork>();
  for (const pid of readdirSync(procRoot)) {
    if (!/^\d+$/.test(pid)) continue;
    const inode = inodeOf(`${procRoot}/${pid}/ns/net`);
    if (inode === undefined || found.has(inode)) continue;
    const fibTrie = readText(`${procRoot}/${pid}/net/fib_trie`);
    if (fibTrie === undefined) continue; // it ended meanwhile: another process may do
    const route = readText(`${procRoot}/${pid}/net/route`) ?? '';
    const ifInet6 = readText(`${procRoot}/${pid}/net/if_inet6`) ?? '';
    found.set(inode, readNamespaceNetwork({ fibTrie, route, ifInet6 }));
  }
  return found;
}

function ownNamespace(procRoot: string): number {
  return inodeOf(`${procRoot}/self/ns/net`) ?? 0;
}

function inodeOf(path: string): number | undefined {
  try {
    const inode = /^net:\[(\d+)\]$/.exec(readlinkSync(path))?.[1];
    return inode === undefined ? statSync(path).ino : Number(inode);
  } catch {
    return undefined; // it ended, or may not be looked at
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
