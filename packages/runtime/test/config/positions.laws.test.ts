import { law } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type ConfigPath, valueAt } from '../../src/config/config-path.ts';
import { locateInScript } from '../../src/config/locate-in-script.ts';
import type { Positions } from '../../src/config/positions.ts';
import { readYaml } from '../../src/config/read-yaml.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const keys = fc.oneof(
  fc.constantFrom('views', 'filters', 'a', 'on', '1', 'of'),
  fc.string({ maxLength: 4 }).filter((key) => key !== '__proto__'),
);

const { tree } = fc.letrec<{ tree: Json; entries: { [key: string]: Json }; list: Json[] }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(
      fc.boolean(),
      fc.constant(null),
      fc.integer(),
      fc.string({ maxLength: 8 }),
      fc.constantFrom('a, b', '// no', '}', '/* no', 'it’s "so"', "it's", '# no', 'x: y', '`'),
    ),
    tie('entries'),
    tie('list'),
  ),
  entries: fc.dictionary(keys, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
  list: fc.array(tie('tree'), { maxLength: 3 }),
}));

const configs = fc.dictionary(keys, tree, { maxKeys: 4, minKeys: 1, noNullPrototype: true });

/** All paths of a value. */
function pathsOf(value: Json, path: ConfigPath = []): readonly ConfigPath[] {
  const inner = Array.isArray(value)
    ? value.flatMap((item, i) => pathsOf(item, [...path, i]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...path, key]))
      : [];
  return [path, ...inner];
}

/** What is written at the position of a path. */
function textAt(text: string, positions: Positions, path: ConfigPath): string {
  const position = positions.find(path);
  if (position === undefined) throw new Error(`${JSON.stringify(path)} has no position`);
  return text.split('\n')[position.line - 1]?.slice(position.column - 1) ?? '';
}

/** Whether the position of each key of an object is that of its text, in whatever quotes. */
function findsKeys(text: string, positions: Positions, value: Json): boolean {
  return pathsOf(value).every((path) => {
    const key = path.at(-1);
    if (typeof key !== 'string') return true;
    const found = textAt(text, positions, path);
    const spellings = [key, JSON.stringify(key), `'${key}'`, `'${key.replaceAll("'", "''")}'`];
    // Characters that no reader sees are spelt by the writer's own escapes.
    const isEscaped = /[^ -~]/.test(key) || key.includes('\\');
    return spellings.some((spelling) => found.startsWith(spelling)) || (isEscaped && found.startsWith('"'));
  });
}

law<[{ [key: string]: Json }, number]>(
  { test: it },
  'config/json',
  'reading JSON gives the value, and each key its line and column',
  [configs, fc.nat(3)],
  (value, indent) => {
    const text = JSON.stringify(value, undefined, indent);
    const read = readYaml(text, 'json');
    expect(read.faults).toEqual([]);
    expect(read.value).toEqual(value);
    return findsKeys(text, read.positions, value);
  },
);

law<[{ [key: string]: Json }]>(
  { test: it },
  'config/yaml',
  'reading YAML gives the value, and each key its line and column',
  [configs],
  (value) => {
    const text = stringify(value, { version: '1.2', lineWidth: 40, aliasDuplicateObjects: false });
    const read = readYaml(text, 'yaml');
    expect(read.faults).toEqual([]);
    expect(read.value).toEqual(value);
    return findsKeys(text, read.positions, value);
  },
);

law<[{ [key: string]: Json }, string]>(
  { test: it },
  'config/script',
  'in a script each key of the literal has its line and column, and each value that of the right path',
  [configs, fc.constantFrom('', 'defineConfig(', '/* c, { */ ')],
  (value, before) => {
    const literal = JSON.stringify(value, undefined, 2);
    const text = `const a = { views: 1 };\nexport default ${before}${literal}${before.includes('(') ? ')' : ''};\n`;
    const positions = locateInScript(text);
    return pathsOf(value).every((path) => {
      const key = path.at(-1);
      if (key === undefined) return true;
      const found = textAt(text, positions, path);
      // Keys with escapes are left to the nearest thing around them.
      if (path.some((step) => typeof step === 'string' && JSON.stringify(step) !== `"${step}"`)) return true;
      if (typeof key === 'string') return found.startsWith(JSON.stringify(key));
      const item = valueAt(value, path);
      return typeof item === 'object' || found.startsWith(JSON.stringify(item));
    });
  },
);

law<[string]>(
  { test: it },
  'config/total',
  'any text is read, with faults or without, and no position is outside of it',
  [
    fc.oneof(
      fc.string({ maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            'a',
            ': ',
            '\n',
            '- ',
            '{',
            '}',
            '[',
            ']',
            '*a',
            '&a ',
            '"',
            "'",
            '|',
            '>',
            ' ',
            '\t',
            '? ',
            '!',
            '#',
            ',',
          ),
          { maxLength: 30 },
        )
        .map((parts) => parts.join('')),
    ),
  ],
  (text) => {
    for (const dialect of ['yaml', 'json'] as const) {
      const { faults, positions } = readYaml(text, dialect);
      const lines = text.split('\n');
      for (const { offset } of faults) {
        const { line, column } = positions.at(offset);
        if (line < 1 || line > lines.length || column < 1) return false;
      }
    }
    locateInScript(text);
    locateInScript(`export default {${text}`);
    return true;
  },
);

it('follows an exported constant, and stops where nothing can be counted', () => {
  const text = `
const rest = {};
const config: Config = {
  views: { all: { filters: [...more, 'running'] } },
  ...rest,
  sources: make({ probe: { every: 1 } }),
} satisfies Config;
export default config;
`;
  const positions = locateInScript(text);

  expect(positions.find(['views', 'all', 'filters', 1])).toEqual({ line: 4, column: 19 });
  expect(positions.find(['sources', 'probe', 'every'])).toEqual({ line: 6, column: 3 });
  expect(locateInScript('export default make();').find(['views'])).toBeUndefined();
});
