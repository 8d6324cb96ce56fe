import { describe, expect, it } from 'vitest';
import {
  filterFromJson,
  filterToJson,
  formatFilterJsonError,
  type KnownNames,
  parseFilter,
  printFilter,
} from '../../src/filter/index.ts';

function read(json: unknown, known?: KnownNames): string {
  const result = filterFromJson(json, known);
  return result.ok ? printFilter(result.expr) : result.errors.map(formatFilterJsonError).join('\n');
}

function normalText(text: string): string {
  const parsed = parseFilter(text);
  return parsed.ok ? printFilter(parsed.expr) : '?';
}

const known: KnownNames = {
  isField: (name) => ['docker.state', 'degree', 'ip'].includes(name) || name.startsWith('label.'),
  fields: () => ['docker.state', 'degree', 'ip', 'label.team'],
  filter: (name) =>
    ({ system: { parameters: [] }, state: { parameters: [{ name: 'is', required: true }] } })[name],
  filters: () => ['system', 'state'],
};

describe('filterFromJson', () => {
  it.each<[unknown, string]>([
    [true, 'true'],
    ['a = 1 or b = 2', 'a = 1 or b = 2'],
    [{ and: [{ a: 1 }, { not: { has: 'b' } }] }, 'a = 1 and not has(b)'],
    [{ or: ['a = 1', false] }, 'a = 1'],
    [{ 'docker.state': 'running' }, 'docker.state = running'],
    [{ 'docker.state': ['running', 'paused'] }, 'docker.state in (running, paused)'],
    [{ degree: { '>=': 2, '<': 10 } }, 'degree >= 2 and degree < 10'],
    [{ name: { '~': '^kube-' } }, 'name ~ "^kube-"'],
    [{ name: { regex: '^kube-' } }, 'name ~ "^kube-"'],
    [{ name: { '!~': '^kube-' } }, 'name !~ "^kube-"'],
    [{ a: 1, b: 'x' }, 'a = 1 and b = x'],
    [{ memory: { '>': '10MB' } }, 'memory > 10MB'],
    [{ ip: ['10.0.0.0/8', 'fe80::/10'] }, 'ip in (10.0.0.0/8, fe80::/10)'],
    [{ size: { '=': { text: '10MB' } } }, 'size = "10MB"'],
    [{ port: '80' }, 'port = "80"'],
    [{ privileged: true }, 'privileged = "true"'],
    [
      { team: { name: 'payments', strict: true, of: [1, 2] } },
      'team(name = payments, of = (1, 2), strict = true)',
    ],
    [{ system: {} }, 'system'],
    [{ system: null }, 'system'],
  ])('reads %j', (json, text) => {
    expect(read(json)).toBe(normalText(text));
  });

  it('tells filters from fields by the known names', () => {
    expect(read({ state: 'running' }, known)).toBe('state(is = running)');
    expect(read({ state: ['running'] }, known)).toBe('state(is = running)');
    expect(read({ state: { is: 'running' } }, known)).toBe('state(is = running)');
    expect(read({ system: true }, known)).toBe('system');
    expect(read({ 'label.team': 'x' }, known)).toBe('label.team = x');
  });

  it('reports all mistakes at once, each with its path', () => {
    const json = {
      and: [
        { dgree: 1 },
        { degree: { '=>': 2 } },
        { not: { or: 3 } },
        [],
        {},
        { ip: { '<': '10.0.0.0/8' } },
        { 'label.a b': { '~': 'x(' } },
        'docker.stat = running',
        { 'label.x': ['10.0.0.999', null] },
        { state: { iz: 1 } },
        { has: 'degre' },
        { degree: { '>': '10mb' } },
        { 'label.y': [] },
        { 'label.z': '$p' },
      ],
    };
    expect(read(json, known).split('\n')).toEqual([
      '$.and[0].dgree: unknown field or filter "dgree"; did you mean degree?',
      '$.and[1].degree["=>"]: unknown operator "=>"; expected =, !=, <, <=, >, >=, ~, !~, in or regex; did you mean >=?',
      '$.and[2].not.or: a number cannot stand here; expected a list of filters',
      '$.and[3]: an empty list cannot stand here; expected { "and": […] } or { "or": […] }',
      '$.and[4]: an empty object cannot stand here; expected true for no restriction',
      '$.and[5].ip["<"]: an address or network has no order: "<" cannot hold; expected = or !=',
      '$.and[6]["label.a b"]["~"]: missing closing ): x(',
      '  x(',
      '  ^~',
      '$.and[7]: unknown field "docker.stat"; did you mean docker.state?',
      '  docker.stat = running',
      '  ^~~~~~~~~~~',
      '$.and[8]["label.x"][0]: "10.0.0.999" is no address and no network; expected { "text": … } for the text itself',
      '$.and[8]["label.x"][1]: null cannot stand here; expected text, a number or { "text": … }',
      '$.and[9].state.iz: state has no parameter "iz"; expected is; did you mean is?',
      '$.and[9].state: state needs its argument "is"',
      '$.and[10].has: unknown field "degre"; did you mean degree?',
      '$.and[11].degree[">"]: unknown unit "mb"; expected GB, MB, KB, B, d, h, m, s, ms or %; did you mean MB?',
      '$.and[12]["label.y"]: an empty list cannot stand here; expected a list of values',
      '$.and[13]["label.z"]: $p stands for a parameter, but there are none here; expected "$p" in quotes for the text itself',
    ]);
  });

  it('ends on cycles, aliases that multiply, and deep nesting', () => {
    const cycle: Record<string, unknown> = {};
    cycle.not = cycle;
    expect(read(cycle)).toMatch(/nested too deep/);
    let bomb: unknown = 'a = 1';
    for (let i = 0; i < 100; i++) bomb = { and: [bomb, bomb] };
    expect(read(bomb)).toMatch(/longer than/);
  });

  it('is not misled by names of object members', () => {
    const json: unknown = JSON.parse('{ "__proto__": "x", "constructor": 1 }');
    expect(read(json)).toBe(normalText('__proto__ = x and constructor = 1'));
    const back = filterFromJson(json);
    expect(back.ok && JSON.stringify(filterToJson(back.expr))).toContain('"__proto__":"x"');
  });
});

describe('filterToJson', () => {
  it.each<[string, unknown]>([
    ['a = x', { a: 'x' }],
    ['a = 1m', { a: '1m' }],
    ['a = "1m"', { a: { '=': { text: '1m' } } }],
    ['a != "1m"', { a: { '!=': { text: '1m' } } }],
    ['a in (1, x)', { a: [1, 'x'] }],
    ['not has(a)', { not: { has: 'a' } }],
    ['f', { f: {} }],
    ['f(x = 1)', { f: { x: 1 } }],
    ['f(1)', 'f(1)'],
    ['"and" = 1', '"and" = 1'],
    ['a ~ "x"', { a: { '~': 'x' } }],
  ])('writes %s', (text, json) => {
    const parsed = parseFilter(text);
    expect(parsed.ok && filterToJson(parsed.expr)).toEqual(json);
  });
});
