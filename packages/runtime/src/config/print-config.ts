import { Document, isCollection, isNode } from 'yaml';
import { printPath } from './config-path.ts';
import type { Place } from './issue.ts';
import type { LoadedConfig } from './load-config.ts';
import { type NormalValue, normalForm } from './normal-form.ts';

/** What `config print --json` says. */
export interface PrintedConfig {
  /** The base first. */
  readonly files: readonly string[];
  readonly config: unknown;
  /** By path: where the value was written, or `default`. */
  readonly from: Readonly<Record<string, PrintedPlace | 'default'>>;
}

/** A place in a file; the path is that in the file. */
export interface PrintedPlace {
  readonly file: string;
  readonly path: string;
  readonly line?: number;
}

/** The normal form as YAML, each value with a comment that says where it comes from. */
export function printConfig(config: LoadedConfig): string {
  const document = new Document({});
  for (const { path, value, from } of normalForm(config)) {
    const node: unknown = document.createNode(value);
    if (isNode(node)) {
      if (isCollection(node)) node.flow = true;
      node.comment = ` ${describePlace(from)}`;
    }
    for (let length = 1; length < path.length; length++) {
      const parent = path.slice(0, length);
      if (!document.hasIn(parent))
        document.setIn(parent, document.createNode(typeof path[length] === 'number' ? [] : {}));
    }
    document.setIn(path, node);
  }
  const files = config.files.length === 0 ? 'no config file: the defaults' : config.files.join(', ');
  return `# ${files}\n${document.toString({ lineWidth: 0 })}`;
}

/** The normal form as plain data, with the places beside it. */
export function printConfigJson(config: LoadedConfig): PrintedConfig {
  const values = normalForm(config);
  return {
    files: config.files,
    config: assemble(values),
    from: Object.fromEntries(values.map(({ path, from }) => [printPath(path), placeJson(from)])),
  };
}

function assemble(values: readonly NormalValue[]): unknown {
  const root: Record<string | number, unknown> = {};
  for (const { path, value } of values) {
    let at = root;
    for (const [i, step] of path.slice(0, -1).entries()) {
      at[step] ??= typeof path[i + 1] === 'number' ? [] : {};
      at = at[step] as Record<string | number, unknown>;
    }
    at[path.at(-1) as string | number] = value;
  }
  return root;
}

function placeJson(from: Place | undefined): PrintedPlace | 'default' {
  if (from === undefined) return 'default';
  const line = from.file.positions.find(from.path)?.line;
  return {
    file: from.file.name,
    path: printPath(from.path),
    ...(line === undefined ? {} : { line }),
  };
}

function describePlace(from: Place | undefined): string {
  if (from === undefined) return 'default';
  const line = from.file.positions.find(from.path)?.line;
  return line === undefined ? from.file.name : `${from.file.name}:${line}`;
}
