import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** What this process can see of the others. */
export interface ProcessFacts {
  readonly processes: number;
  /** Of them, those whose files may not be listed: their sockets have no owner on the map. */
  readonly closed: number;
  readonly namespaces: number;
  /** Of the processes, those whose network namespace cannot be told. */
  readonly withoutNamespace: number;
}

/** Looks into each process of a /proc once; `undefined` when it cannot be listed. */
export async function surveyProcesses(root: string): Promise<ProcessFacts | undefined> {
  const entries = await readdir(root).catch(() => undefined);
  if (entries === undefined) return undefined;
  const pids = entries.filter((entry) => /^\d+$/.test(entry));
  const namespaces = new Set<string>();
  let closed = 0;
  let withoutNamespace = 0;
  for (const pid of pids) {
    const isOpen = await readdir(join(root, pid, 'fd')).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code !== 'EACCES' && error.code !== 'EPERM',
    );
    if (!isOpen) closed++;
    const namespace = await readlink(join(root, pid, 'ns/net')).catch((error: NodeJS.ErrnoException) =>
      // A process that has ended meanwhile, or a kernel thread, hides nothing.
      error.code === 'EACCES' || error.code === 'EPERM' ? 'hidden' : undefined,
    );
    if (namespace === 'hidden') withoutNamespace++;
    else if (namespace !== undefined) namespaces.add(namespace);
  }
  return { processes: pids.length, closed, namespaces: namespaces.size, withoutNamespace };
}

/** The option `hidepid` of the mounted /proc, if it hides anything. Source: proc(5). */
export async function hidePidOption(root: string): Promise<string | undefined> {
  const mounts = await readFile(join(root, 'self/mounts'), 'utf8').catch(() => '');
  for (const line of mounts.split('\n')) {
    const [, place, kind, options = ''] = line.split(' ');
    if (kind !== 'proc' || place !== '/proc') continue;
    const value = /(?:^|,)hidepid=([^,]+)/.exec(options)?.[1];
    return value === '0' || value === 'off' ? undefined : value;
  }
  return undefined;
}

/** Whether the kernel tracks connections for address translation. */
export async function connectionTracking(root: string): Promise<'yes' | 'no'> {
  return await readFile(join(root, 'sys/net/netfilter/nf_conntrack_count'), 'utf8').then(
    () => 'yes' as const,
    () => 'no' as const,
  );
}
