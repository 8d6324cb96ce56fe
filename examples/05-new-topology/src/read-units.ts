import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type UnitPath, unitOfPath } from './vocabulary.ts';

/** A unit and what its control group says of it. */
export interface UnitFacts extends UnitPath {
  readonly memoryBytes: number | undefined;
  readonly tasks: number | undefined;
  /** By name: `oom_kill` → `2`. */
  readonly memoryEvents: ReadonlyMap<string, string>;
}

/**
 * All units below a folder that looks like /sys/fs/cgroup (the unified hierarchy, cgroups(7)).
 *
 * @throws the error of the folder itself; groups that vanish while they are read are left out
 */
export async function readUnits(root: string): Promise<readonly UnitFacts[]> {
  const units: UnitFacts[] = [];
  const visit = async (group: string): Promise<void> => {
    const unit = unitOfPath(group);
    if (unit?.path === group) units.push(await readUnit(root, unit));
    for (const entry of await foldersIn(join(root, group), group === '')) {
      await visit(group === '' ? entry : `${group}/${entry}`);
    }
  };
  await visit('');
  return units;
}

async function foldersIn(folder: string, isRoot: boolean): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    // Groups come and go while they are looked at; only a root that cannot be listed is worth a word.
    if (isRoot) throw error;
    return [];
  }
}

async function readUnit(root: string, unit: UnitPath): Promise<UnitFacts> {
  const folder = join(root, unit.path);
  const events = await readText(join(folder, 'memory.events'));
  return {
    ...unit,
    memoryBytes: numberIn(await readText(join(folder, 'memory.current'))),
    tasks: numberIn(await readText(join(folder, 'pids.current'))),
    memoryEvents: new Map(
      [...events.matchAll(/^(\w+) (\d+)$/gm)].map(([, name = '', count = '']) => [name, count] as const),
    ),
  };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    // A controller that is switched off has no file.
    return '';
  }
}

function numberIn(text: string): number | undefined {
  return /^\d+\s*$/.test(text) ? Number(text) : undefined;
}
