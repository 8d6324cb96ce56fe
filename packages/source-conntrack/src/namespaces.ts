import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { type NamespaceNetwork, readNamespaceNetwork } from '@ridgeline/vocabulary';
import type { Steps } from './run-sliced.ts';

/** A network namespace, and a file to enter it by. */
export interface NetworkNamespace {
  readonly inode: number;
  readonly path: string;
}

const PROC = '/proc';
const NAMED = '/run/netns';
const PROCESSES_A_STEP = 32;

/**
 * The network namespaces of this machine: those that processes live in, and named ones. Addresses are read of the former alone,
 * as by the other sources, so that all scope endpoints alike.
 */
export class Namespaces {
  /** Inode of the namespace this process is in. */
  readonly own: number = inodeOf(`${PROC}/self/ns/net`) ?? 0;
  #found: ReadonlyMap<number, NetworkNamespace> = new Map();
  #networks: ReadonlyMap<number, NamespaceNetwork> = new Map();

  get found(): ReadonlyMap<number, NetworkNamespace> {
    return this.#found;
  }

  /** Addresses by inode of the namespace. */
  get networks(): ReadonlyMap<number, NamespaceNetwork> {
    return this.#networks;
  }

  /**
   * Looks anew, in steps.
   *
   * @param kept - inodes whose addresses are kept although they are gone: something is still told of them
   */
  *look(kept: ReadonlySet<number>): Steps {
    const found = new Map<number, NetworkNamespace>();
    const networks = new Map<number, NamespaceNetwork>();
    let count = 0;
    for (const pid of list(PROC)) {
      if (!/^\d+$/.test(pid)) continue;
      if (++count % PROCESSES_A_STEP === 0) yield;
      const path = `${PROC}/${pid}/ns/net`;
      const inode = inodeOf(path);
      if (inode === undefined || networks.has(inode)) continue;
      const network = readNetwork(`${PROC}/${pid}/net`);
      if (network === undefined) continue; // it ended meanwhile: another process may do
      found.set(inode, { inode, path });
      networks.set(inode, network);
      yield;
    }
    for (const name of list(NAMED)) {
      const path = `${NAMED}/${name}`;
      const inode = inodeOf(path);
      if (inode !== undefined && !found.has(inode)) found.set(inode, { inode, path });
    }
    for (const [inode, network] of this.#networks) {
      if (kept.has(inode) && !networks.has(inode)) networks.set(inode, network);
    }
    this.#found = found;
    this.#networks = networks;
  }
}

/** Whether the file still leads to the namespace. */
export function isThere({ path, inode }: NetworkNamespace): boolean {
  return inodeOf(path) === inode;
}

function readNetwork(folder: string): NamespaceNetwork | undefined {
  const fibTrie = readText(`${folder}/fib_trie`);
  if (fibTrie === undefined) return undefined;
  return readNamespaceNetwork({
    fibTrie,
    route: readText(`${folder}/route`) ?? '',
    ifInet6: readText(`${folder}/if_inet6`) ?? '',
  });
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // nobody has named a namespace yet
  }
}

/** Of `net:[4026531833]`, or of a file that a namespace is mounted on. */
function inodeOf(path: string): number | undefined {
  try {
    if (!path.startsWith(`${PROC}/`)) return statSync(path).ino;
    const inode = /^net:\[(\d+)\]$/.exec(readlinkSync(path))?.[1];
    return inode === undefined ? undefined : Number(inode);
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
