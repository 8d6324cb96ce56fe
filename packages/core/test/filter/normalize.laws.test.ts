import { filterExprs, filterSubjects } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, expect } from 'vitest';
import {
  evaluate,
  type FieldLookup,
  type FilterArgument,
  type FilterExpr,
  normalize,
} from '../../src/filter/index.ts';
import { canonicalJson } from '../../src/internal/canonical-json.ts';
import { hashText } from '../../src/internal/stable-hash.ts';
import { law } from './law.ts';

/** Answers calls by a coin that depends on name and arguments alone, however the named ones are ordered. */
function tossCall(name: string, args: readonly FilterArgument[]): boolean {
  const positional = args.filter((argument) => argument.name === undefined);
  const named = args
    .filter((argument) => argument.name !== undefined)
    .map((argument) => canonicalJson(argument));
  return hashText(canonicalJson([name, positional, named.sort()])) % 2 === 0;
}

function holds(expr: FilterExpr, subject: ReadonlyMap<string, readonly (string | number)[]>): boolean {
  const lookup: FieldLookup = (field) => subject.get(field);
  return evaluate(expr, lookup, tossCall);
}

const not = (of: FilterExpr): FilterExpr => ({ kind: 'not', of });

describe('the normal form', () => {
  law('D11: normalize(e) ≡ e', [filterExprs(), filterSubjects()], (expr, subject) => {
    expect(holds(normalize(expr), subject)).toBe(holds(expr, subject));
  });

  law('D11: normalize(normalize(e)) = normalize(e)', [filterExprs()], (expr) => {
    const normal = normalize(expr);
    expect(normalize(normal)).toEqual(normal);
  });

  law(
    'D11: normalize(e) is flat, free of doubles and constants, with not at its leaves',
    [filterExprs()],
    (expr) => {
      const normal = normalize(expr);
      expect(normal.kind === 'constant' || isNormal(normal, undefined)).toBe(true);
    },
  );

  law(
    'D11: the order and repetition of parts do not matter',
    [fc.array(filterExprs(), { maxLength: 5 }), fc.infiniteStream(fc.nat())],
    (parts, order) => {
      const shuffled = [...parts, ...parts]
        .map((part) => ({ part, rank: Number(order.next().value) }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ part }) => part);
      for (const kind of ['and', 'or'] as const) {
        expect(normalize({ kind, of: shuffled })).toEqual(normalize({ kind, of: parts }));
      }
    },
  );

  law('D4: normalize(not not e) = normalize(e)', [filterExprs()], (expr) => {
    expect(normalize(not(not(expr)))).toEqual(normalize(expr));
  });

  law('D4: exactly one of e and not e holds', [filterExprs(), filterSubjects()], (expr, subject) => {
    expect(holds(normalize(not(expr)), subject)).toBe(!holds(expr, subject));
  });

  law(
    'D4: not (a and b) and not a or not b have one normal form, and dually',
    [filterExprs(), filterExprs()],
    (a, b) => {
      expect(normalize(not({ kind: 'and', of: [a, b] }))).toEqual(
        normalize({ kind: 'or', of: [not(a), not(b)] }),
      );
      expect(normalize(not({ kind: 'or', of: [a, b] }))).toEqual(
        normalize({ kind: 'and', of: [not(a), not(b)] }),
      );
    },
  );

  law('D11: a normal form is frozen and its input untouched', [filterExprs()], (expr) => {
    const before = canonicalJson(expr);
    expect(isDeepFrozen(normalize(expr))).toBe(true);
    expect(canonicalJson(expr)).toBe(before);
  });
});

function isNormal(expr: FilterExpr, parent: 'and' | 'or' | undefined): boolean {
  switch (expr.kind) {
    case 'constant':
      return false;
    case 'not':
      return !['constant', 'and', 'or', 'not'].includes(expr.of.kind) && isNormal(expr.of, undefined);
    case 'and':
    case 'or':
      return (
        expr.kind !== parent &&
        expr.of.length > 1 &&
        new Set(expr.of.map(canonicalJson)).size === expr.of.length &&
        expr.of.every((part) => isNormal(part, expr.kind as 'and' | 'or'))
      );
    case 'in':
      return expr.values.length > 1 && new Set(expr.values.map(canonicalJson)).size === expr.values.length;
    default:
      return true;
  }
}

function isDeepFrozen(value: unknown): boolean {
  return (
    typeof value !== 'object' ||
    value === null ||
    (Object.isFrozen(value) && Object.values(value).every(isDeepFrozen))
  );
}
