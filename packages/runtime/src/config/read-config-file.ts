import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { type ConfigFile, unreadFile } from './config-file.ts';
import { configExtensions } from './find-config.ts';
import { type ImportModule, importFailure } from './import-module.ts';
import type { Issues } from './issue.ts';
import { locateInScript } from './locate-in-script.ts';
import { PositionMap } from './positions.ts';
import { readYaml } from './read-yaml.ts';

/**
 * Reads one file of a config: YAML, JSON, or a script that is run.
 *
 * @param file - absolute, and there
 * @param name - how it is called in issues
 * @returns `undefined` when nothing of it can be used; then there is an issue
 */
export async function readConfigFile(
  file: string,
  name: string,
  importModule: ImportModule,
  issues: Issues,
): Promise<ConfigFile | undefined> {
  const kind = extname(file).slice(1);
  if (!configExtensions.includes(kind)) {
    const message = `a config is one of ${configExtensions.map((one) => `.${one}`).join(' ')}`;
    issues.add({ file: unreadFile(file, name), path: [] }, { code: 'unreadable', message });
    return undefined;
  }
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    issues.add({ file: unreadFile(file, name), path: [] }, { code: 'unreadable', message });
    return undefined;
  }
  if (kind === 'ts' || kind === 'js' || kind === 'mjs')
    return runScript(file, name, text, importModule, issues);
  const { value, positions, faults } = readYaml(
    text.replace(/^\uFEFF/, ''),
    kind === 'json' ? 'json' : 'yaml',
  );
  const lines = new Set<number>();
  for (const { offset, message, kind: code } of faults) {
    const position = positions.at(offset);
    // The first fault of a line brings others with it.
    if (!lines.has(position.line)) issues.addRaw({ code, file: name, path: '', ...position, message });
    lines.add(position.line);
  }
  // What a faulty text says may be other than what was meant: more issues would follow from the first.
  if (faults.length > 0) return undefined;
  return { file, name, value: value ?? {}, positions };
}

async function runScript(
  file: string,
  name: string,
  text: string,
  importModule: ImportModule,
  issues: Issues,
): Promise<ConfigFile | undefined> {
  try {
    const module = await importModule(file, file);
    if (Object.hasOwn(module, 'default')) {
      return { file, name, value: module.default, positions: locateInScript(text) };
    }
    issues.addRaw({
      code: 'bad-shape',
      file: name,
      path: '',
      message: 'it has no default export',
      suggestion: 'write `export default defineConfig({ … })`',
    });
  } catch (error) {
    const { message, position } = importFailure(error, file);
    // Of a module that is not there only the name is told: where it is imported is looked up.
    const [, missing] = /^Cannot find (?:module|package) '([^']+)'/.exec(message) ?? [];
    const at = missing === undefined ? -1 : text.indexOf(missing);
    issues.addRaw({
      code: 'syntax',
      file: name,
      path: '',
      ...(at < 0 ? position : new PositionMap(text).at(at)),
      message: `cannot be run: ${message}`,
    });
  }
  return undefined;
}
