import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files of a control group. */
export interface ControlGroup {
  readonly memory?: number;
  readonly tasks?: number;
  readonly events?: string;
}

/** Writes a folder that looks like /sys/fs/cgroup. */
export function writeControlGroups(groups: Readonly<Record<string, ControlGroup>>): string {
  const root = mkdtempSync(join(tmpdir(), 'ridgeline-example-05-'));
  for (const [path, { memory, tasks, events }] of Object.entries(groups)) {
    const folder = join(root, path);
    mkdirSync(folder, { recursive: true });
    if (memory !== undefined) writeFileSync(join(folder, 'memory.current'), `${memory}\n`);
    if (tasks !== undefined) writeFileSync(join(folder, 'pids.current'), `${tasks}\n`);
    if (events !== undefined) writeFileSync(join(folder, 'memory.events'), events);
  }
  return root;
}
