/**
 * An image's name without its tag, and short of a registry where the name has one: at two or more `/` all up to
 * the first goes, then all from the first `:` (`docker.io/library/nginx:1` → `library/nginx`).
 *
 * @remarks Kept as Scope has it, for ids and labels depend on it: `localhost:5000/web` is `localhost`.
 */
export function imageNameWithoutTag(name: string): string {
  return splitImageName(name)[0];
}

/** What follows the first `:` of an image's name, or nothing. */
export function imageTagOf(name: string): string {
  return splitImageName(name)[1];
}

/** Whether an image is the one that only holds a pod's network namespace. */
export function isPauseImage(name: string): boolean {
  return PAUSE_IMAGES.some((pause) => name.includes(pause));
}

const PAUSE_IMAGES = ['google_containers/pause', 'k8s.gcr.io/pause', 'eks/pause'];

function splitImageName(name: string): readonly [name: string, tag: string] {
  const slash = name.indexOf('/');
  const short = slash >= 0 && name.includes('/', slash + 1) ? name.slice(slash + 1) : name;
  const colon = short.indexOf(':');
  return colon < 0 ? [short, ''] : [short.slice(0, colon), short.slice(colon + 1)];
}
