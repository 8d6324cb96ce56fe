import { describe, expect, it } from 'vitest';
import { evaluate, type FieldValue, normalize, parseFilter } from '../../src/filter/index.ts';

const node: Readonly<Record<string, readonly FieldValue[]>> = {
  state: ['running'],
  nets: ['bridge', 'backend'],
  degree: [3],
  port: ['8080'],
  pad: ['007'],
  ip: ['10.1.2.3', 'fe80::1'],
  subnet: ['10.32.0.0/12'],
  mapped: ['::ffff:10.0.0.7'],
  memory: [1_572_864],
  empty: [],
};

function holds(text: string): boolean {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
  return evaluate(
    normalize(parsed.expr),
    (field) => node[field],
    (name) => name === 'yes',
  );
}

describe('what a test means', () => {
  it.each([
    ['state = running', true],
    ['state != running', false],
    ['state != stopped', true],
    // a missing attribute makes every test false, and not of it true
    ['gone = x', false],
    ['gone != x', false],
    ['gone !~ x', false],
    ['gone in (x, y)', false],
    ['has(gone)', false],
    ['has(empty)', false],
    ['not gone = x', true],
    ['not gone != x', true],
    ['not gone < 1', true],
    ['gone >= 1', false],
    // on a set some value is enough, for = and != alike
    ['nets = bridge', true],
    ['nets != bridge', true],
    ['not nets = bridge', false],
    ['nets !~ bridge', true],
    ['not nets ~ bridge', false],
    ['nets in (host, backend)', true],
    // numbers compare as numbers, texts as texts, by the literal
    ['degree > 2', true],
    ['degree = "3"', true],
    ['port = 8080', true],
    ['port > 900', true],
    ['port > "900"', false],
    ['state > 5', false],
    ['state != 5', true],
    ['pad = 7', false],
    ['memory = 1.5MB', true],
    ['memory > 1MB', true],
    // networks
    ['ip = 10.0.0.0/8', true],
    ['ip = 192.168.0.0/16', false],
    ['ip != 10.0.0.0/8', true],
    ['ip = FE80:0::1', true],
    ['subnet = 10.0.0.0/8', true],
    ['subnet = 10.32.0.0/16', false],
    ['mapped = 10.0.0.0/24', true],
    ['state != 10.0.0.0/8', true],
    ['degree = 0.0.0.0/0', false],
    ['nets ~ "^b.*d$"', true],
    ['yes and not no(1)', true],
    ['true and not false', true],
  ])('%s is %s', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  it('refuses what was never resolved', () => {
    const lookup = (): readonly FieldValue[] => ['x'];
    expect(() => evaluate({ kind: 'call', name: 'f', args: [] }, lookup)).toThrow(
      'nothing resolves the filter f',
    );
    expect(() =>
      evaluate({ kind: 'compare', field: 'a', op: '=', value: { kind: 'parameter', name: 'p' } }, lookup),
    ).toThrow('$p is not bound');
    expect(() => evaluate({ kind: 'match', field: 'a', pattern: '(', negated: false }, lookup)).toThrow(
      'unchecked pattern',
    );
  });
});
