import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { sharedModules } from './shared-modules.ts';

/** What a module exports, by name. */
export type ModuleExports = Readonly<Record<string, unknown>>;

/** Imports a TypeScript or JavaScript file, or a package as it is found from another file. */
export type ImportModule = (specifier: string, from: string) => Promise<ModuleExports>;

/**
 * Imports with types stripped, on every Node we run on, and without a cache on disk.
 *
 * `@ridgeline/core` and its like are the ones that are running, also in what a plugin brings along: a config or plugin needs
 * no install to use them, and there are no two copies of the API in one process.
 */
export async function importModule(specifier: string, from: string): Promise<ModuleExports> {
  const jiti = createJiti(from, {
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
    virtualModules: await sharedModules(),
  });
  const module: unknown = await jiti.import(resolveModule(specifier, from));
  return typeof module === 'object' && module !== null ? { ...module } : { default: module };
}

/**
 * The file that a path or a package stands for.
 *
 * @throws what the resolution throws when there is none
 */
export function resolveModule(specifier: string, from: string): string {
  if (specifier.startsWith('/')) return specifier;
  try {
    return createRequire(from).resolve(specifier);
  } catch (error) {
    // A package for `import` alone has no entry for `require`.
    const resolved: unknown = createJiti(from, { fsCache: false }).esmResolve(specifier, { try: true });
    if (typeof resolved !== 'string') throw error;
    return resolved.startsWith('file:') ? fileURLToPath(resolved) : resolved;
  }
}

/** Why a module could not be imported, in one line, with the place if it is in the file itself. */
export function importFailure(
  error: unknown,
  file: string,
): {
  readonly message: string;
  readonly position: { readonly line: number; readonly column: number } | undefined;
} {
  const text = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error);
  const first = (text.split('\n')[0] ?? '').trim().replace(/^ParseError: /, '');
  const at = text.indexOf(`${file}:`);
  const [, line, column] = at < 0 ? [] : (/^:(\d+):(\d+)/.exec(text.slice(at + file.length)) ?? []);
  return {
    message: first === '' ? 'it throws an error without a message' : first,
    position: line === undefined ? undefined : { line: Number(line), column: Number(column) },
  };
}
