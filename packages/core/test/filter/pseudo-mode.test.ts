import {
  defineFilter,
  foldLayer,
  type Origin,
  parseFilter,
  printFilter,
  pseudoModeOf,
} from '@ridgeline/core';
import { describe, expect, it } from 'vitest';

const filters = new Map(
  [
    defineFilter({ name: 'internet', description: 'the Internet', pseudo: 'test', build: () => () => true }),
    defineFilter({ name: 'system', description: 'the machinery', build: () => () => true }),
  ].map((filter) => [filter.name, filter]),
);
const request: Origin = { kind: 'request' };

function exprOf(text: string) {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.expr;
}

describe('a clause of which nothing is said', () => {
  it.each([
    ['internet', 'test'],
    ['not internet', 'test'],
    ['internet or docker.state = running', 'test'],
    ['not (internet and system)', 'test'],
    ['topology = pseudo', 'test'],
    ['not topology = pseudo', 'test'],
    ['topology != pseudo', 'test'],
    ['topology in (pseudo, container)', 'test'],
    ['system', 'exempt'],
    ['not system', 'exempt'],
    ['docker.state = running', 'exempt'],
    ['topology = container', 'exempt'],
    ['name = pseudo', 'exempt'],
    ['unknown-filter', 'exempt'],
    ['true', 'exempt'],
  ])('%s: pseudo nodes → %s', (text, mode) => {
    expect(pseudoModeOf(exprOf(text), filters)).toBe(mode);
  });

  it('is judged by itself where it is a part of an `and`', () => {
    const { clauses } = foldLayer(
      [{ expr: exprOf('not internet and docker.state = running'), from: request }],
      'keep',
      filters,
    );

    expect(Object.fromEntries(clauses.map(({ text, pseudo }) => [text, pseudo]))).toEqual({
      'not internet': 'test',
      'docker.state = running': 'exempt',
    });
  });

  it('is the double of one that says the same in so many words', () => {
    const { clauses } = foldLayer(
      [
        { expr: exprOf('not internet'), from: request },
        { expr: exprOf('not internet'), pseudo: 'test', from: { kind: 'config', path: 'a' } },
      ],
      'keep',
      filters,
    );

    expect(clauses.map(({ from }) => from)).toEqual([[{ kind: 'config', path: 'a' }, request]]);
  });
});

it('leaves the last word to the clause', () => {
  const { clauses } = foldLayer(
    [
      { expr: exprOf('not internet'), pseudo: 'exempt', from: request },
      { expr: exprOf('system'), pseudo: 'test', from: request },
    ],
    'keep',
    filters,
  );

  expect(Object.fromEntries(clauses.map(({ expr, pseudo }) => [printFilter(expr), pseudo]))).toEqual({
    'not internet': 'exempt',
    system: 'test',
  });
});
