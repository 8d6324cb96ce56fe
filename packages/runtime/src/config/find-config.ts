import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { nearestName } from '@ridgeline/core';

/** The endings of config files, in the order in which they are named. */
export const configExtensions: readonly string[] = ['ts', 'js', 'mjs', 'json', 'yaml', 'yml'];

/** The names under which a config is found. */
export const configNames: readonly string[] = configExtensions.map(
  (extension) => `ridgeline.config.${extension}`,
);

/**
 * The configs of the nearest folder that has any, from a folder upwards. More than one is for the caller to refuse:
 * which of them counts would be a guess.
 *
 * @param directory - absolute
 * @returns absolute paths; none if no folder up to the root has one
 */
export function findConfigs(directory: string): readonly string[] {
  for (let folder = directory; ; folder = dirname(folder)) {
    const found = configsIn(folder);
    if (found.length > 0 || folder === dirname(folder)) return found;
  }
}

/** The configs of one folder. */
export function configsIn(folder: string): readonly string[] {
  return configNames.map((name) => join(folder, name)).filter((file) => isFile(file));
}

/** Whether a path is a file that is there. */
export function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** The name of a file in the same folder that may have been meant. */
export function nearestFile(path: string): string | undefined {
  const folder = dirname(path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return undefined;
  return nearestName(basename(path), readdirSync(folder).sort());
}
