import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { checkShape } from './check-shape.ts';
import { type ConfigFile, unreadFile } from './config-file.ts';
import { configNames, configsIn, findConfigs, isFile, nearestFile } from './find-config.ts';
import { type ImportModule, resolveModule } from './import-module.ts';
import { didYouMean, type Issues, type Place } from './issue.ts';
import type { CheckedFile } from './merge-configs.ts';
import { readConfigFile } from './read-config-file.ts';

/** Where a config is looked for. */
export interface ConfigPlace {
  /** The working directory, absolute: the search goes upwards from it, and files are named as seen from it. */
  readonly directory: string;
  /** A file in place of what would be found. */
  readonly file?: string | undefined;
}

/**
 * Reads a config and all it extends, each once, the base first. What cannot be read is an issue, and the rest is read.
 *
 * @returns no file when there is none to be found, which is no issue
 */
export async function readConfigs(
  { directory, file }: ConfigPlace,
  importModule: ImportModule,
  issues: Issues,
): Promise<readonly CheckedFile[]> {
  const reader = new Reader(directory, importModule, issues);
  const root = file === undefined ? reader.search() : reader.expect(resolve(directory, file));
  if (root !== undefined) await reader.read(root);
  return reader.files;
}

class Reader {
  /** A file comes after those it extends. */
  readonly files: CheckedFile[] = [];
  readonly #directory: string;
  readonly #importModule: ImportModule;
  readonly #issues: Issues;
  readonly #seen = new Set<string>();
  /** The files that are being read, each extended by the one before it. */
  readonly #open: string[] = [];

  constructor(directory: string, importModule: ImportModule, issues: Issues) {
    this.#directory = directory;
    this.#importModule = importModule;
    this.#issues = issues;
  }

  search(): string | undefined {
    const found = findConfigs(this.#directory);
    const [first, ...others] = found;
    if (first === undefined || others.length === 0) return first;
    const names = found.map((file) => this.#nameOf(file));
    this.#issues.addRaw({
      code: 'ambiguous',
      file: this.#nameOf(first),
      path: '',
      message: `there are ${names.length} configs side by side: ${names.join(', ')}`,
      suggestion: 'keep one of them, or choose with --config',
    });
    return first;
  }

  expect(file: string): string | undefined {
    if (isFile(file)) return file;
    this.#issues.addRaw({
      code: 'not-found',
      file: this.#nameOf(file),
      path: '',
      ...(existsSync(file)
        ? {
            message: 'it is no file',
            suggestion: `name the config in it, such as ${join(this.#nameOf(file), 'ridgeline.config.yaml')}`,
          }
        : { message: 'there is no such file', ...suggested(didYouMean(nearestFile(file))) }),
    });
    return undefined;
  }

  async read(path: string): Promise<void> {
    if (this.#seen.has(path)) return;
    this.#seen.add(path);
    const file = await readConfigFile(path, this.#nameOf(path), this.#importModule, this.#issues);
    if (file === undefined) return;
    const config = checkShape(file, this.#issues);
    this.#open.push(path);
    const { extends: bases = [] } = config;
    for (const [i, base] of (typeof bases === 'string' ? [bases] : bases).entries()) {
      if (base === undefined) continue;
      await this.#readBase(base, { file, path: typeof bases === 'string' ? ['extends'] : ['extends', i] });
    }
    this.#open.pop();
    this.files.push({ file, config });
  }

  async #readBase(base: string, place: Place): Promise<void> {
    const path = this.#resolveBase(base, place);
    if (path === undefined) return;
    const open = this.#open.indexOf(path);
    if (open < 0) return this.read(path);
    const circle = [...this.#open.slice(open), path].map((file) => this.#nameOf(file));
    const message =
      circle.length === 2 ? 'it extends itself' : `it is extended in a circle: ${circle.join(' → ')}`;
    this.#issues.add(place, { code: 'cycle', message });
  }

  #resolveBase(base: string, place: Place): string | undefined {
    if (base.startsWith('.') || isAbsolute(base)) {
      const path = resolve(dirname(place.file.file), base);
      if (isFile(path)) return path;
      if (!existsSync(path) || !statSync(path).isDirectory()) {
        const message = `there is no file ${JSON.stringify(base)}`;
        const suggestion = didYouMean(nearestFile(path));
        return this.#refuse(place, message, suggestion);
      }
      const [found] = configsIn(path);
      return (
        found ?? this.#refuse(place, `the folder ${base} has no config`, `known: ${configNames.join(', ')}`)
      );
    }
    try {
      return resolveModule(base, place.file.file);
    } catch {
      const isPath = existsSync(resolve(dirname(place.file.file), base));
      return this.#refuse(
        place,
        `there is no package ${JSON.stringify(base)}`,
        isPath ? `write "./${base}" for the file` : 'install it, or write "./" before a path',
      );
    }
  }

  #refuse(place: Place, message: string, suggestion: string | undefined): undefined {
    this.#issues.add(place, { code: 'not-found', message, suggestion });
  }

  #nameOf(file: string): string {
    return displayName(this.#directory, file);
  }
}

/** A file as it is found from a folder, with forward slashes. */
function displayName(directory: string, file: string): string {
  const name = relative(directory, file).replaceAll('\\', '/');
  return name === '' ? '.' : name;
}

/** The file that stands for a config that is nowhere. */
export function noFile(directory: string): ConfigFile {
  return unreadFile(resolve(directory, 'ridgeline.config.yaml'), '');
}

function suggested(suggestion: string | undefined): { readonly suggestion?: string } {
  return suggestion === undefined ? {} : { suggestion };
}
