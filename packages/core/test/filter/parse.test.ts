import { describe, expect, it } from 'vitest';
import {
  and,
  bytes,
  call,
  cidr,
  type FilterExpr,
  filterLimits,
  formatFilterError,
  has,
  type KnownNames,
  millis,
  normalize,
  not,
  oneOf,
  or,
  parseFilter,
  percent,
  printFilter,
  test,
} from '../../src/filter/index.ts';

function parsed(text: string, known?: KnownNames): FilterExpr {
  const result = parseFilter(text, known);
  if (!result.ok) throw new Error(result.errors.map((error) => formatFilterError(text, error)).join('\n'));
  return result.expr;
}

function faults(text: string, known?: KnownNames): string[] {
  const result = parseFilter(text, known);
  return result.ok ? [] : result.errors.map((error) => formatFilterError(text, error));
}

describe('parseFilter', () => {
  const cases: readonly (readonly [string, FilterExpr])[] = [
    ['docker.state = running', test('docker.state', '=', 'running')],
    ['docker.state=running', test('docker.state', '=', 'running')],
    ['degree >= 2', test('degree', '>=', 2)],
    ['not a = 1 and b = 2 or c = 3', or(and(not(test('a', '=', 1)), test('b', '=', 2)), test('c', '=', 3))],
    ['not (a = 1 or b = 2)', not(or(test('a', '=', 1), test('b', '=', 2)))],
    [
      'a = 1 AND Not b = 2 oR c IN (1, x)',
      or(and(test('a', '=', 1), not(test('b', '=', 2))), oneOf('c', [1, 'x'])),
    ],
    ['has(label.team)', has('label.team')],
    ['label.app.kubernetes.io/name = shop', test('label.app.kubernetes.io/name', '=', 'shop')],
    ['label."any thing" = "a \\"b\\" \\u0041\\u{1F4A5}"', test('label.any thing', '=', 'a "b" A💥')],
    ['label."x y".z = w', test('label.x y.z', '=', 'w')],
    [`name ~ '^\\d+\\.$'`, test('name', '~', '^\\d+\\.$')],
    ['name !~ "^kube-"', test('name', '!~', '^kube-')],
    ['name ~ 10', test('name', '~', '10')],
    ['metric.memory > 1.5MB', test('metric.memory', '>', bytes(1.5 * 1024 ** 2))],
    ['age < 2h', test('age', '<', millis(7_200_000))],
    ['age < 90s', test('age', '<', millis(90_000))],
    ['metric.cpu >= 50%', test('metric.cpu', '>=', percent(50))],
    ['ip = 10.1.2.3/8', test('ip', '=', cidr('10.0.0.0/8'))],
    ['ip in (10.0.0.0/8, fe80::/10, ::1)', oneOf('ip', [cidr('10.0.0.0/8'), cidr('fe80::/10'), cidr('::1')])],
    ['ip = ::ffff:10.0.0.1', test('ip', '=', cidr('10.0.0.1'))],
    ['id = 4f2a9c', test('id', '=', '4f2a9c')],
    ['id = 12e4567', test('id', '=', '12e4567')],
    ['id = 12345678901234567', test('id', '=', '12345678901234567')],
    ['port = "80"', test('port', '=', '80')],
    ['image = nginx:1.25', test('image', '=', 'nginx:1.25')],
    ['image = ghcr.io/a/b@sha256:ff', test('image', '=', 'ghcr.io/a/b@sha256:ff')],
    ['system', call('system')],
    ['system()', call('system')],
    [
      'not team(payments, strict = true)',
      not({
        kind: 'call',
        name: 'team',
        args: [
          { value: { kind: 'string', value: 'payments' } },
          { name: 'strict', value: { kind: 'boolean', value: true } },
        ],
      }),
    ],
    ['any((a, 2), ())', call('any', [['a', 2], []])],
    ['"and" = 1', test('and', '=', 1)],
    ['"my filter"(1)', call('my filter', [1])],
    ['privileged = true', test('privileged', '=', 'true')],
    ['true', and()],
    ['false or true', and()],
    ['a = 1 and a = 1.0', test('a', '=', 1)],
  ];
  it.each(cases)('reads %s', (text, expr) => {
    expect(parsed(text)).toEqual(normalize(expr));
  });

  it('gives 1m and 60s, 1024KB and 1MB one normal form', () => {
    expect(parsed('age = 60s')).toEqual(parsed('age = 1m'));
    expect(printFilter(parsed('size = 1024KB'))).toBe('size = 1MB');
    expect(printFilter(parsed('age = 90s'))).toBe('age = 90s');
    expect(printFilter(parsed('size = 0MB'))).toBe('size = 0B');
  });

  it('says a list of one value as an equality', () => {
    expect(printFilter(parsed('a in (x)'))).toBe('a = x');
  });
});

describe('a mistake in a text', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['', 'the filter is empty; expected a field, a filter, "not" or "("\n  \n  ^'],
    [
      'a =',
      'the filter ends too early; expected a value (text with spaces or signs goes in quotes)\n  a =\n     ^',
    ],
    ['(a = 1', 'the filter ends too early; expected "and", "or" or ")"\n  (a = 1\n        ^'],
    ['a = 1)', 'unexpected ")"; expected "and", "or" or the end\n  a = 1)\n       ^'],
    ['a = 1 b = 2', 'unexpected "b"; expected "and", "or" or the end\n  a = 1 b = 2\n        ^'],
    ['a && b', '"&&" is no operator here; did you mean and?\n  a && b\n    ^~'],
    ['a == 1', '"==" is no operator here; did you mean =?\n  a == 1\n    ^~'],
    ['!a', '"!" is no operator here; did you mean not?\n  !a\n  ^'],
    [
      'a is 1',
      'unexpected "is"; expected an operator (= != < <= > >= ~ !~ in), "and" or "or"; did you mean =?\n  a is 1\n    ^~',
    ],
    ['a = and', 'unexpected "and"; expected a value; did you mean "and" in quotes?\n  a = and\n      ^~~'],
    ['a = "x', 'the string does not end; expected a closing "\n  a = "x\n      ^~'],
    [
      'a in ()',
      'unexpected ")"; expected a value (text with spaces or signs goes in quotes)\n  a in ()\n        ^',
    ],
    ['a ~ "x("', 'missing closing ): x(\n  a ~ "x("\n       ^~'],
    ['a ~ "(?=x)y"', 'look-around is not supported: matching must stay linear\n  a ~ "(?=x)y"\n       ^~~'],
    [
      `a ~ '(x)\\1'`,
      `back references are not supported: matching must stay linear\n  a ~ '(x)\\1'\n          ^~`,
    ],
    [
      'a ~ $p',
      'a pattern cannot be a parameter: patterns are checked where they are written\n  a ~ $p\n      ^~',
    ],
    [
      'a > 10mb',
      'unknown unit "mb"; expected GB, MB, KB, B, d, h, m, s, ms or %; did you mean MB?\n  a > 10mb\n      ^~~~',
    ],
    [
      'a > 10.0.0.0/8',
      'an address or network has no order: ">" cannot hold; expected = or !=\n  a > 10.0.0.0/8\n      ^~~~~~~~~~',
    ],
    ['a = 10.0.0.256', '"10.0.0.256" is no address and no network\n  a = 10.0.0.256\n      ^~~~~~~~~~'],
    ['a = fe80::/129', '"fe80::/129" is no address and no network\n  a = fe80::/129\n      ^~~~~~~~~~'],
    ['a = 1e+999', '"1e+999" is beyond what a number can hold\n  a = 1e+999\n      ^~~~~~'],
    ['f(x = 1, x = 2)', 'the argument "x" is given twice\n  f(x = 1, x = 2)\n           ^~~~~'],
    [
      'f(x = 1, 2)',
      'unexpected "2"; expected a name and "=": named arguments come last\n  f(x = 1, 2)\n           ^',
    ],
    ['a = {', 'unexpected character "{"\n  a = {\n      ^'],
    ['a =\n  "é" b', 'unexpected "b"; expected "and", "or" or the end\n    "é" b\n        ^'],
  ];
  it.each(cases)('is drawn with a caret: %s', (text, drawing) => {
    expect(faults(text)).toEqual([drawing]);
  });

  it('shows a window of a long line', () => {
    const text = `${'a = 1 and '.repeat(50)}b ( and ${'a = 1 and '.repeat(50)}`;
    const [drawing] = faults(text);
    const [, line = '', caret = ''] = (drawing ?? '').split('\n');
    expect(line.length).toBeLessThan(140);
    expect(line.startsWith('  …') && line.endsWith('…')).toBe(true);
    expect(line.slice(caret.indexOf('^'), caret.length)).toBe('and');
  });

  it('does not exhaust the stack or the clock', () => {
    expect(faults('('.repeat(60_000))[0]).toMatch(/^the filter is nested too deep/);
    expect(faults('not '.repeat(15_000))[0]).toMatch(/^the filter is nested too deep/);
    expect(faults('('.repeat(100_000))[0]).toMatch(/^the filter is longer than 65536 characters/);
    expect(parsed(`${'a = 1 or '.repeat(7000)}a = 1`)).toEqual(test('a', '=', 1));
    expect(faults('x '.repeat(30_000))).toHaveLength(1);
  });

  it('reads back whatever it accepts, up to the limits', () => {
    let text = 'a = 0';
    let deepest = 0;
    for (let level = 1; level < 400; level++) {
      text = `${level % 2 ? 'not ' : ''}(b = ${level} ${level % 2 ? 'and' : 'or'} ${text})`;
      const result = parseFilter(text);
      if (!result.ok) continue;
      deepest = level;
      expect(parseFilter(printFilter(result.expr))).toEqual(result);
    }
    expect(deepest).toBeGreaterThan(filterLimits.levels / 2);
    expect(deepest).toBeLessThan(filterLimits.nesting);
  });
});

describe('known names', () => {
  const known: KnownNames = {
    isField: (name) => ['docker.state', 'degree'].includes(name) || name.startsWith('label.'),
    fields: () => ['docker.state', 'degree', 'label.team'],
    filter: (name) =>
      ({
        system: { parameters: [] },
        state: {
          parameters: [
            { name: 'is', required: true },
            { name: 'since', required: false },
          ],
        },
      })[name],
    filters: () => ['system', 'state'],
  };

  it('names the nearest field, filter and parameter, all mistakes at once', () => {
    expect(faults('dokcer.state = x and systm or state(iz = x) and "any thing" = 1', known)).toEqual([
      'unknown field "dokcer.state"; did you mean docker.state?\n  dokcer.state = x and systm or state(iz = x) and "any thing" = 1\n  ^~~~~~~~~~~~',
      'unknown filter "systm"; did you mean system?\n  dokcer.state = x and systm or state(iz = x) and "any thing" = 1\n                       ^~~~~',
      'state has no parameter "iz"; expected is or since; did you mean is?\n  dokcer.state = x and systm or state(iz = x) and "any thing" = 1\n                                      ^~~~~~',
      'state needs its argument "is"\n  dokcer.state = x and systm or state(iz = x) and "any thing" = 1\n                                ^~~~~',
      'unknown field "any thing"\n  dokcer.state = x and systm or state(iz = x) and "any thing" = 1\n                                                  ^~~~~~~~~~~',
    ]);
  });

  it('binds positional arguments to parameters: one normal form', () => {
    expect(parsed('state(running, 5m)', known)).toEqual(parsed('state(since = 5m, is = running)', known));
  });

  it.each([
    ['degree', '"degree" is a field, not a filter; expected a comparison or has(degree)'],
    ['system = 1', '"system" is a filter, not a field: it is not compared'],
    ['system(1)', 'system takes 0 arguments'],
    ['state(a, is = b)', 'the argument "is" is given twice'],
    [
      'label.x = $p',
      '$p stands for a parameter, but there are none here; expected "$p" in quotes for the text itself',
    ],
  ])('refuses %s', (text, message) => {
    expect(faults(text, known).map((drawing) => drawing.split('\n')[0])).toEqual([message]);
  });

  it('takes the parameters of the filter being defined', () => {
    expect(printFilter(parsed('label.team = $name', { ...known, parameters: ['name'] }))).toBe(
      'label.team = $name',
    );
    expect(faults('label.team = $nmae', { ...known, parameters: ['name'] })[0]).toMatch(
      /^unknown parameter \$nmae; did you mean \$name\?/,
    );
  });
});
