import { describe, expect, it } from 'vitest';
import {
  expandFilters,
  type NamedFilter,
  type NamedFilterParameter,
  parseFilter,
  printFilter,
} from '../../src/filter/index.ts';

function define(
  entries: Readonly<Record<string, readonly [string, ...NamedFilterParameter[]]>>,
): Map<string, NamedFilter> {
  return new Map(
    Object.entries(entries).map(([name, [text, ...parameters]]) => {
      const parsed = parseFilter(text);
      if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
      return [name, { name, parameters, expr: parsed.expr }];
    }),
  );
}

function expand(text: string, definitions: Map<string, NamedFilter>): string {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
  const expanded = expandFilters(parsed.expr, definitions);
  return expanded.ok
    ? printFilter(expanded.expr)
    : expanded.errors.map((error) => `${error.code}: ${error.message}`).join('\n');
}

const definitions = define({
  payments: ['label.team = payments and not system'],
  team: ['label.team = $name', { name: 'name' }],
  teams: ['label.team in ($names, shared)', { name: 'names' }],
  big: [
    'metric.memory > $least',
    { name: 'least', default: { kind: 'number', value: 1024, dimension: 'bytes' } },
  ],
  ours: ['team($who) or teams(names = $who) or registered(x = $who)', { name: 'who' }],
});

describe('expandFilters', () => {
  it.each([
    ['payments', 'label.team = payments and not system'],
    ['not payments', 'system or not label.team = payments'],
    ['team(shop)', 'label.team = shop'],
    ['team(name = "a b")', 'label.team = "a b"'],
    ['teams((a, b))', 'label.team in (a, b, shared)'],
    ['teams(a)', 'label.team in (a, shared)'],
    ['big', 'metric.memory > 1KB'],
    ['big(2MB)', 'metric.memory > 2MB'],
    ['team(true)', 'label.team = "true"'],
    ['ours(x)', 'label.team = x or label.team in (x, shared) or registered(x = x)'],
    ['other(1)', 'other(1)'],
  ])('%s', (text, expected) => {
    const normal = parseFilter(expected);
    expect(expand(text, definitions)).toBe(normal.ok && printFilter(normal.expr));
  });

  it.each([
    ['team', 'missing-argument: team needs its argument "name"'],
    ['team(a, b)', 'extra-argument: team takes 1 argument'],
    [
      'team(nmae = a)',
      'unknown-parameter: team has no parameter "nmae"\nmissing-argument: team needs its argument "name"',
    ],
    ['team((a, b))', 'bad-argument: $name is given a list where one value is compared'],
    ['big(10.0.0.0/8)', 'no-order: an address or network has no order: ">" cannot hold'],
    ['label.x = $gone', 'unknown-parameter: nothing gives $gone a value here'],
  ])('refuses %s', (text, expected) => {
    expect(expand(text, definitions)).toBe(expected);
  });

  it('names a cycle, and does not follow it', () => {
    const cyclic = define({ a: ['b or x = 1'], b: ['not c'], c: ['a and a'] });
    expect(expand('a', cyclic)).toContain('cyclic-filter: the filter a is defined by itself: a → b → c → a');
  });

  it('refuses an expansion that multiplies', () => {
    const entries: Record<string, [string, ...NamedFilterParameter[]]> = {
      f0: ['a = $x and b != $x', { name: 'x' }],
    };
    for (let i = 1; i < 40; i++) entries[`f${i}`] = [`f${i - 1}(1) or f${i - 1}(2)`];
    for (let i = 2; i < 40; i++) entries[`f${i}`] = [`f${i - 1} and x = ${i} or f${i - 1} and y = ${i}`];
    expect(expand('f39', define(entries))).toContain('too-large');
  });
});
