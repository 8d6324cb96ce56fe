import { readdirSync, readlinkSync, statSync } from 'node:fs';

/**
 * Finds a file to enter each network namespace by: that of a process, or a named one.
 *
 * @param wanted - inodes of network namespaces
 * @returns path by inode; a namespace that no process is in and that has no name is left out
 */
export function findNamespaceFiles(
  wanted: ReadonlySet<number>,
  procRoot = '/proc',
  namedRoot = '/run/netns',
): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const name of listFolder(procRoot)) {
    if (found.size === wanted.size) return found;
    if (!/^\d+$/.test(name)) continue;
    const path = `${procRoot}/${name}/ns/net`;
    const inode = inodeOfLink(path);
    if (inode !== undefined && wanted.has(inode) && !found.has(inode)) found.set(inode, path);
  }
  for (const name of listFolder(namedRoot)) {
    const path = `${namedRoot}/${name}`;
    const inode = inodeOfFile(path);
    if (inode !== undefined && wanted.has(inode) && !found.has(inode)) found.set(inode, path);
  }
  return found;
}

function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** Of `net:[4026531833]`. */
function inodeOfLink(path: string): number | undefined {
  try {
    const inode = /^net:\[(\d+)\]$/.exec(readlinkSync(path))?.[1];
    return inode === undefined ? undefined : Number(inode);
  } catch {
    return undefined; // the process ended, or may not be looked at
  }
}

function inodeOfFile(path: string): number | undefined {
  try {
    return statSync(path).ino;
  } catch {
    return undefined;
  }
}
