// Docker, Podman, containerd, CRI-O and systemd's spellings of it: `/docker/<id>`, `libpod-<id>.scope`, `…:cri-containerd:<id>`.
const containerId = /(?:^|[/:-])([0-9a-f]{64})(?:\.scope)?(?=$|\/|:)/g;
// Podman's monitor lives beside the container, in a group named after it, and is no part of it.
const monitor = 'libpod-conmon-';

/** The container that a cgroup path names: the last id of 64 hexadecimal digits in it, or `undefined`. */
export function containerIdOf(path: string): string | undefined {
  let found: string | undefined;
  for (const match of path.matchAll(containerId)) {
    // The dash of `libpod-conmon-` is the match's own first character.
    if (path.slice(0, match.index + 1).endsWith(monitor)) continue;
    found = match[1];
  }
  return found;
}
