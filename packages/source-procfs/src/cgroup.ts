/** The control group of a process, and the container that its path names. */
export interface Cgroup {
  /** The path of the unified hierarchy, else of the first hierarchy with a path beside `/`. */
  readonly path: string;
  /** 64 hexadecimal digits. */
  readonly containerId: string | undefined;
}

// Docker, Podman, containerd, CRI-O and systemd's spellings of it: `/docker/<id>`, `libpod-<id>.scope`, `…:cri-containerd:<id>`.
const containerId = /(?:^|[/:-])([0-9a-f]{64})(?:\.scope)?(?=$|\/|:)/g;
// Podman's monitor lives beside the container, in a group named after it, and is no part of it.
const monitor = 'libpod-conmon-';

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

/** The last container id in a cgroup path, or `undefined`. */
export function containerIdOf(path: string): string | undefined {
  let found: string | undefined;
  for (const match of path.matchAll(containerId)) {
    // The dash of `libpod-conmon-` is the match's own first character.
    if (path.slice(0, match.index + 1).endsWith(monitor)) continue;
    found = match[1];
  }
  return found;
}
