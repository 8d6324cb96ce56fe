import { containerIdOf } from '@ridgeline/vocabulary';

/** The control group of a process, and the container that its path names. */
export interface Cgroup {
  /** The path of the unified hierarchy, else of the first hierarchy with a path beside `/`. */
  readonly path: string;
  /** 64 hexadecimal digits. */
  readonly containerId: string | undefined;
}

/**
 * Reads /proc/<pid>/cgroup: lines of `hierarchy:controllers:path` (cgroups(7)). The line `0::` of the unified hierarchy is asked
 * first, then those of the first version, in their order.
 */
export function parseCgroup(text: string): Cgroup {
  let unified: string | undefined;
  const others: string[] = [];
  for (const line of text.split('\n')) {
    const first = line.indexOf(':');
    const second = line.indexOf(':', first + 1);
    if (first < 0 || second < 0) continue;
    const path = line.slice(second + 1);
    if (line.startsWith('0::') && unified === undefined) unified = path;
    else others.push(path);
  }
  const paths = unified === undefined ? others : [unified, ...others];
  let found: string | undefined;
  for (const path of paths) {
    found = containerIdOf(path);
    if (found !== undefined) break;
  }
  return { path: paths.find((path) => path !== '/') ?? paths[0] ?? '', containerId: found };
}
