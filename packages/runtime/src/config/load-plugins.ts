import { dirname, isAbsolute, resolve } from 'node:path';
import { nearestName, type Plugin, Registry, type RidgelineError } from '@ridgeline/core';
import { checkOptionsAt, type OptionSchema } from './check-options.ts';
import type { AnyPluginFactory, Config, PluginEntry } from './config.ts';
import { type ConfigPath, isEntries, valueAt } from './config-path.ts';
import { isFile, nearestFile } from './find-config.ts';
import { type ImportModule, importFailure, type ModuleExports, resolveModule } from './import-module.ts';
import { didYouMean, type Issues, type Place } from './issue.ts';
import { sayFault } from './zod-words.ts';

/** What loading plugins needs. */
export interface PluginScope {
  readonly issues: Issues;
  readonly importModule: ImportModule;
  readonly placeOf: (path: ConfigPath) => Place;
}

/**
 * Loads the plugins of a config. One that cannot be found, made of its options or put beside the others is an issue,
 * and left out.
 *
 * @param builtin - the plugins that are there before
 */
export async function loadPlugins(
  entries: NonNullable<Config['plugins']>,
  builtin: readonly Plugin[],
  scope: PluginScope,
): Promise<readonly Plugin[]> {
  const plugins: Plugin[] = [];
  for (const [i, entry] of entries.entries()) {
    const plugin = await loadPlugin(entry, ['plugins', i], scope);
    if (plugin === undefined) continue;
    const clash = clashOf([...builtin, ...plugins], plugin);
    if (clash === undefined) plugins.push(plugin);
    else scope.issues.add(scope.placeOf(['plugins', i]), { code: 'doubled', ...clash });
  }
  return plugins;
}

async function loadPlugin(
  entry: PluginEntry,
  path: ConfigPath,
  scope: PluginScope,
): Promise<Plugin | undefined> {
  if (isPlugin(entry)) return entry;
  const use = typeof entry === 'object' ? entry.use : entry;
  const options = typeof entry === 'object' ? entry.options : undefined;
  const wanted = typeof entry === 'object' ? entry.export : undefined;
  if (typeof use === 'function') return makePlugin(use, options, path, scope);
  const usePath = typeof entry === 'object' ? [...path, 'use'] : path;
  const module = await importPlugin(use, usePath, scope);
  if (module === undefined) return undefined;
  const found = chooseExport(module, wanted);
  if (typeof found === 'string') {
    const place = scope.placeOf(wanted === undefined ? usePath : [...path, 'export']);
    const nearest = wanted === undefined ? undefined : nearestName(wanted, Object.keys(module));
    scope.issues.add(place, { code: 'bad-plugin', message: found, suggestion: didYouMean(nearest) });
    return undefined;
  }
  if (typeof found === 'function') return makePlugin(found, options, path, scope);
  if (options !== undefined) {
    const message = `plugin ${found.name} is a value and takes no options`;
    scope.issues.add(scope.placeOf([...path, 'options']), { code: 'bad-options', message });
  }
  return found;
}

async function importPlugin(
  use: string,
  path: ConfigPath,
  { issues, importModule, placeOf }: PluginScope,
): Promise<ModuleExports | undefined> {
  const place = placeOf(path);
  const from = place.file.file;
  const isPath = use.startsWith('.') || isAbsolute(use);
  const file = isPath ? resolve(dirname(from), use) : undefined;
  if (file !== undefined && !isFile(file)) {
    const message = `there is no file ${JSON.stringify(use)}`;
    issues.add(place, { code: 'not-found', message, suggestion: didYouMean(nearestFile(file)) });
    return undefined;
  }
  let module = file;
  try {
    module ??= resolveModule(use, from);
  } catch {
    const message = `there is no package ${JSON.stringify(use)}`;
    const suggestion = isFile(resolve(dirname(from), use))
      ? `write "./${use}" for the file`
      : 'install it, or write "./" before a path';
    issues.add(place, { code: 'not-found', message, suggestion });
    return undefined;
  }
  try {
    return await importModule(module, from);
  } catch (error) {
    const { message, position } = importFailure(error, module);
    const where = position === undefined ? '' : ` (line ${position.line} of ${use})`;
    issues.add(place, { code: 'bad-plugin', message: `cannot be run: ${message}${where}` });
    return undefined;
  }
}

/** The plugin, or what makes one, among a module's exports; or what is wrong. */
function chooseExport(module: ModuleExports, wanted: string | undefined): Plugin | AnyPluginFactory | string {
  const usable = Object.entries(module).filter(([, value]) => typeof value === 'function' || isPlugin(value));
  const names = usable.map(([name]) => name);
  const list = names.length === 0 ? 'it exports no plugin' : `it exports ${names.join(', ')}`;
  const chosen =
    wanted ?? (names.includes('default') ? 'default' : names.length === 1 ? names[0] : undefined);
  if (chosen === undefined) {
    return names.length === 0 ? list : `${list}: say which by { "use": …, "export": … }`;
  }
  const value = usable.find(([name]) => name === chosen)?.[1];
  return value === undefined
    ? `there is no plugin ${JSON.stringify(chosen)}: ${list}`
    : (value as Plugin | AnyPluginFactory);
}

function makePlugin(
  factory: AnyPluginFactory,
  options: unknown,
  path: ConfigPath,
  { issues, placeOf }: PluginScope,
): Plugin | undefined {
  const { pluginName, schema } = aboutFactory(factory);
  const at = [...path, 'options'];
  const checked = checkOptionsAt(`plugin ${pluginName}`, schema, options ?? {}, at, { issues, placeOf });
  if (checked === undefined) return undefined;
  try {
    const plugin: unknown = factory((schema === undefined ? options : checked.input) as never);
    if (isPlugin(plugin)) return plugin;
    const message = 'it gives no plugin: what is exported must come from definePlugin';
    issues.add(placeOf(path), { code: 'bad-plugin', message });
  } catch (error) {
    if (isBadOptions(error)) reportOptions(error, [...path, 'options'], { issues, placeOf });
    else {
      const message = `it throws: ${error instanceof Error ? error.message : String(error)}`;
      issues.add(placeOf(path), { code: 'bad-plugin', message });
    }
  }
  return undefined;
}

/** What `definePlugin` says of the function it gives; a function written by hand says nothing, and checks by itself. */
function aboutFactory(factory: AnyPluginFactory): {
  readonly pluginName: string;
  readonly schema: OptionSchema<unknown> | undefined;
} {
  const { pluginName, options } = factory as { readonly pluginName?: unknown; readonly options?: unknown };
  const isSchema = typeof options === 'object' && options !== null && '~standard' in options;
  return {
    pluginName: typeof pluginName === 'string' ? pluginName : factory.name,
    schema: isSchema ? (options as OptionSchema<unknown>) : undefined,
  };
}

/** By its code and not by its class: a plugin may bring its own copy of core. */
function isBadOptions(error: unknown): error is RidgelineError {
  return error instanceof Error && (error as { code?: unknown }).code === 'BAD_OPTIONS';
}

function reportOptions(
  error: RidgelineError,
  path: ConfigPath,
  { issues, placeOf }: Pick<PluginScope, 'issues' | 'placeOf'>,
): void {
  const { what, faults } = error.facts;
  if (!Array.isArray(faults) || faults.length === 0) {
    issues.add(placeOf(path), { code: 'bad-options', message: error.message });
    return;
  }
  for (const fault of faults as readonly string[]) {
    const [, dotted, rest] = /^([\w$-]+(?:\.[\w$-]+)*): (.*)$/s.exec(fault) ?? [];
    const isPath = dotted !== undefined && !fault.startsWith('Invalid');
    const steps = isPath ? dotted.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step)) : [];
    const said = isPath ? (rest ?? '') : fault;
    const about = typeof what === 'string' ? what : 'the plugin';
    const place = placeOf([...path, ...steps]);
    const value = steps.length === 0 ? undefined : valueAt(place.file.value, place.path);
    issues.add(place, { code: 'bad-options', message: `${about}: ${sayFault({ message: said }, value)}` });
  }
}

function isPlugin(value: unknown): value is Plugin {
  if (!isEntries(value) || value.kind !== 'plugin' || typeof value.name !== 'string') return false;
  return isEntries(value.contributions);
}

/** What a plugin brings that another brought before, in words. */
function clashOf(
  plugins: readonly Plugin[],
  plugin: Plugin,
): { readonly message: string; readonly suggestion: string | undefined } | undefined {
  try {
    new Registry([...plugins, plugin]);
    return undefined;
  } catch (error) {
    const { message, fix } = error as RidgelineError;
    return { message, suggestion: fix };
  }
}
