import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';

/** Names of control groups: the kernel's records carry their id, which is the inode of their folder (kernfs, since 5.5). */
export interface CgroupPaths {
  /** The path from the root of the hierarchy, as in /proc/<pid>/cgroup; `undefined` for one that is gone or not known yet. */
  readonly pathOf: (id: number, monotonicMillis: number) => string | undefined;
}

/** A group that is not found is not looked for again for this long: the walk costs a `stat` for each group of the machine. */
const LOOK_AGAIN_MILLIS = 5000;
/** More groups than any machine runs; a walk that never ends would hold the reports. */
const MAX_GROUPS = 20_000;

/**
 * @param root - where the unified hierarchy is mounted; without it nothing is known
 * @remarks What was found stays known while it is asked for: a group that came and went within a report can still be named
 *   if another was looked for while it lived.
 */
export function createCgroupPaths(root: string | undefined = findCgroupRoot()): CgroupPaths {
  let known = new Map<number, string>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  return {
    pathOf: (id, now) => {
      if (root === undefined || id === 0) return undefined;
      const path = known.get(id);
      if (path !== undefined || now - lookedAt < LOOK_AGAIN_MILLIS) return path;
      lookedAt = now;
      known = walk(root);
      return known.get(id);
    },
  };
}

/** The mount point of the unified hierarchy in a mountinfo file: `… - cgroup2 source options`. Source: proc(5). */
export function findCgroupRoot(mountInfo = '/proc/self/mountinfo'): string | undefined {
  let text: string;
  try {
    text = readFileSync(mountInfo, 'utf8');
  } catch {
    return undefined;
  }
  for (const line of text.split('\n')) {
    const [mount, type] = line.split(' - ');
    if (type?.startsWith('cgroup2 ') === true) return mount?.split(' ')[4];
  }
  return undefined;
}

function walk(root: string): Map<number, string> {
  const found = new Map<number, string>();
  const pending = [''];
  for (let path = pending.pop(); path !== undefined && found.size < MAX_GROUPS; path = pending.pop()) {
    try {
      found.set(statSync(root + path).ino, path === '' ? '/' : path);
      for (const entry of readdirSync(root + path, { withFileTypes: true }) as Dirent[]) {
        if (entry.isDirectory()) pending.push(`${path}/${entry.name}`);
      }
    } catch {
      // gone meanwhile
    }
  }
  return found;
}
