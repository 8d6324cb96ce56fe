import { describe, expect, it } from 'vitest';
import {
  bytes,
  call,
  cidr,
  compilePattern,
  has,
  nearestName,
  normalize,
  not,
  parameter,
  parseCidr,
  parseNumber,
  printCidr,
  test,
} from '../../src/filter/index.ts';
import { hashText, stableHash } from '../../src/internal/stable-hash.ts';

describe('parseCidr', () => {
  it.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['10.1.2.3', '10.1.2.3'],
    ['10.1.2.3/32', '10.1.2.3'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['10.255.255.255/9', '10.128.0.0/9'],
    ['::', '::'],
    ['::1/128', '::1'],
    ['FE80:0:0:0:0:0:0:1', 'fe80::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['1::/16', '1::/16'],
    ['fe80::1/10', 'fe80::/10'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::ffff:10.1.0.0/104', '10.0.0.0/8'],
    ['64:ff9b::1.2.3.4', '64:ff9b::102:304'],
  ])('reads %s as %s', (text, expected) => {
    const value = parseCidr(text);
    expect(value && printCidr(value)).toBe(expected);
  });

  it.each([
    '',
    '10.0.0',
    '10.0.0.0/33',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.0/08',
    '10.0.0.0/',
    '::/129',
    ':::',
    '1::2::3',
    '1:2:3',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '12345::',
    'fe80::1%eth0',
    ':1:2:3:4:5:6:7',
    '1.2.3.4::',
    'x',
  ])('refuses %j', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});

describe('parseNumber', () => {
  it.each([
    ['0', 0],
    ['-1.50', -1.5],
    ['999999999999999', 999_999_999_999_999],
    ['1e+21', 1e21],
    ['5e-324', 5e-324],
  ])('reads %s', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each([
    '',
    '007',
    '+1',
    '1.',
    '.5',
    '1e5',
    '0x10',
    '9007199254740993',
    'NaN',
    'Infinity',
    '1e+999',
    ' 1',
    '1_000',
  ])('leaves %j as text', (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });
});

describe('compilePattern', () => {
  it('matches anywhere, as RE2 does', () => {
    const pattern = compilePattern('(?i)^KUBE|☃$');
    expect(pattern.ok && ['kube-proxy', 'snow ☃', 'x kube'].map((name) => pattern.test(name))).toEqual([
      true,
      true,
      false,
    ]);
  });

  // each takes a backtracking engine longer than the age of the universe
  it.each([
    ['(a+)+$', `${'a'.repeat(50_000)}!`, false],
    ['(a|aa)+$', `${'a'.repeat(50_000)}!`, false],
    ['(.*)*x$', 'ab'.repeat(25_000), false],
    ['(x+x+)+y', 'x'.repeat(50_000), false],
    ['(a?){300}a{300}$', 'a'.repeat(300), true],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(50_000), false],
  ])('runs %s in linear time', (source, value, expected) => {
    const pattern = compilePattern(source);
    expect(pattern.ok && pattern.test(value)).toBe(expected);
  });

  it.each([
    ['x{1001}', 'invalid repeat count: {1001}', 1],
    ['((a{100}){100}){100}', 'invalid repeat count: {100}', undefined],
    ['(?<!a)b', 'look-around is not supported: matching must stay linear', 0],
    ['(a)\\1', 'back references are not supported: matching must stay linear', 3],
    ['('.repeat(1001), `missing closing ): ${'('.repeat(40)}…`, 0],
    ['a'.repeat(1025), 'the pattern is longer than 1024 characters', undefined],
    ['a\\', 'trailing backslash at end of expression', undefined],
  ])('refuses %s', (source, message, offset) => {
    const pattern = compilePattern(source);
    expect(pattern.ok ? undefined : [pattern.message, pattern.offset]).toEqual([message, offset]);
  });
});

describe('nearestName', () => {
  const known = ['docker.state', 'docker.name', 'system', 'label.team'];
  it.each([
    ['docker.sate', 'docker.state'],
    ['dokcer.state', 'docker.state'],
    ['SYSTEM', 'system'],
    ['sistem', 'system'],
    ['label.taem', 'label.team'],
    ['zzz', undefined],
    ['', undefined],
  ])('%s → %s', (name, expected) => {
    expect(nearestName(name, known)).toBe(expected);
  });

  it('answers for long names and many of them', () => {
    const many = Array.from({ length: 5000 }, (_, i) => `attribute.number.${i}`);
    expect(nearestName('atribute.number.4711', many)).toBe('attribute.number.4711');
    expect(nearestName('x'.repeat(60_000), many)).toBeUndefined();
  });
});

describe('the TypeScript form', () => {
  it('throws where a programmer errs', () => {
    expect(() => test('a', '=', Number.NaN)).toThrow('finite numbers');
    expect(() => test('a', '<', cidr('::1'))).toThrow('has no order');
    expect(() => test('a', '~', '(')).toThrow('missing closing )');
    expect(() => test('', '=', 1)).toThrow('the name of a field is empty');
    expect(() => has('')).toThrow('is empty');
    expect(() => call('f', { '': 1 })).toThrow('the name of a parameter is empty');
    expect(() => cidr('10.0.0')).toThrow('no address');
    expect(() => parameter('1')).toThrow('no name for a parameter');
    expect(() => bytes(Number.POSITIVE_INFINITY)).toThrow('finite');
  });

  it('is refused when nested without end', () => {
    let expr = has('a');
    for (let i = 0; i < 2000; i++) expr = not(expr);
    expect(() => normalize(expr)).toThrow(RangeError);
  });
});

describe('stableHash', () => {
  it('is the same for equal data, on every machine', () => {
    expect(stableHash({ b: [1, 'x'], a: undefined, c: null })).toBe(stableHash({ c: null, b: [1, 'x'] }));
    expect(stableHash({ a: 1 })).toMatch(/^[0-9a-f]{14}$/);
    expect(stableHash('ridgeline')).toMatchInlineSnapshot(`"1de02e1d7b87d7"`);
  });

  it('spreads: a hundred thousand short texts, no collision', () => {
    const seen = new Set(Array.from({ length: 100_000 }, (_, i) => hashText(`k${i}`)));
    expect(seen.size).toBe(100_000);
    expect([...seen].every((hash) => Number.isSafeInteger(hash) && hash >= 0)).toBe(true);
  });
});
