import { dirname, resolve } from 'node:path';
import type { Config } from './config.ts';
import type { ConfigFile } from './config-file.ts';
import { type ConfigPath, isEntries, pathKey } from './config-path.ts';
import type { Place } from './issue.ts';

/** A file with what of it has a right shape. */
export interface CheckedFile {
  readonly file: ConfigFile;
  readonly config: Config;
}

/** Several files as one config, and where each part of it was written. */
export interface MergedConfig {
  readonly config: Config;
  /** The file, and the path in that file, of a path of the merged config. */
  readonly placeOf: (path: ConfigPath) => Place;
}

/**
 * Lays configs over each other, each over those before it.
 *
 * Objects are merged by key and chains of filters are joined, the earlier file's first. A plugin that is named again
 * replaces the earlier entry. Everything else is replaced as a whole.
 *
 * @param files - at least one, the base first
 */
export function mergeConfigs(files: readonly CheckedFile[]): MergedConfig {
  const places = new Map<string, Place>();
  let merged: unknown = {};
  for (const { file, config } of files) {
    const { $schema: _, extends: __, ...rest } = config;
    merged = overlay(merged, rest, { file, from: [], to: [], places });
  }
  const last = files.at(-1) as CheckedFile;
  return {
    config: merged as Config,
    placeOf: (path) => {
      for (let length = path.length; length > 0; length--) {
        const place = places.get(pathKey(path.slice(0, length)));
        if (place !== undefined) return { file: place.file, path: [...place.path, ...path.slice(length)] };
      }
      return { file: last.file, path };
    },
  };
}

interface Step {
  readonly file: ConfigFile;
  /** The path in the file, and in the merged config. */
  readonly from: ConfigPath;
  readonly to: ConfigPath;
  readonly places: Map<string, Place>;
}

function overlay(under: unknown, over: unknown, step: Step): unknown {
  const rule = ruleOf(step.to);
  if (rule === 'entries' && isEntries(over)) return overlayEntries(isEntries(under) ? under : {}, over, step);
  if (rule === 'append' && Array.isArray(over)) {
    return append(Array.isArray(under) ? under : [], over, step);
  }
  step.places.set(pathKey(step.to), { file: step.file, path: step.from });
  return over;
}

function overlayEntries(
  under: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
  step: Step,
): Readonly<Record<string, unknown>> {
  step.places.set(pathKey(step.to), { file: step.file, path: step.from });
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    merged[key] = overlay(merged[key], value, { ...step, from: [...step.from, key], to: [...step.to, key] });
  }
  return merged;
}

function append(under: readonly unknown[], over: readonly unknown[], step: Step): readonly unknown[] {
  const merged = [...under];
  for (const [i, item] of over.entries()) {
    if (item === undefined) continue;
    const name = step.to[0] === 'plugins' ? pluginKey(item, step.file.file) : undefined;
    const known =
      name === undefined
        ? -1
        : merged.findIndex((other, j) => {
            const place = step.places.get(pathKey([...step.to, j]));
            return (
              place !== undefined && place.file !== step.file && pluginKey(other, place.file.file) === name
            );
          });
    const at = known < 0 ? merged.length : known;
    merged[at] = item;
    step.places.set(pathKey([...step.to, at]), { file: step.file, path: [...step.from, i] });
  }
  return merged;
}

/** By what a plugin is known in several files: its package or file, and the export. */
function pluginKey(entry: unknown, file: string): string | undefined {
  const use: unknown = isEntries(entry) ? entry.use : entry;
  if (typeof use !== 'string') return undefined;
  const module = use.startsWith('.') ? resolve(dirname(file), use) : use;
  const name: unknown = isEntries(entry) ? entry.export : undefined;
  return JSON.stringify([module, typeof name === 'string' ? name : '']);
}

function ruleOf(path: ConfigPath): 'entries' | 'append' | 'replace' {
  const [section, , part] = path;
  switch (path.length) {
    case 0:
      return 'entries';
    case 1:
      return section === 'plugins' ? 'append' : 'entries';
    case 2:
      return section === 'filters' || section === 'external' || section === 'policies'
        ? 'replace'
        : 'entries';
    case 3:
      if (section === 'views' && part === 'filters') return 'append';
      return part === 'options' && (section === 'views' || section === 'derived') ? 'entries' : 'replace';
    default:
      return 'replace';
  }
}
