import {
  compilePattern,
  type FieldValue,
  type FilterArg,
  type FilterArgument,
  type FilterExpr,
  type FilterValue,
  parseCidr,
} from '@ridgeline/core/filter';
import * as fc from 'fast-check';

/** What a generated filter is made of; each part has a default that provokes ties and hostile spellings. */
export interface FilterArbitraryOptions {
  /** Names of fields. Default: {@link filterNames}. */
  readonly fields?: fc.Arbitrary<string>;
  /** Names of called filters; `null` for none. Default: {@link filterNames}. */
  readonly filters?: fc.Arbitrary<string> | null;
  /** Literals. Default: {@link filterValues}. */
  readonly values?: fc.Arbitrary<FilterValue>;
}

/** Spellings that mean something else where quotes or escapes are forgotten. */
const hostile: readonly string[] = [
  '',
  ' ',
  '"',
  "'",
  '\\',
  '\\"',
  '\n',
  '\t',
  '\u0000',
  '\u2028',
  '\ud800',
  '\udc00x',
  'é',
  '日本',
  '💥',

  'and',
  'OR',
  'not',
  'in',
  'Has',
  'true',
  'FALSE',
  'text',
  'regex',
  '=',
  '!=',
  '~',
  '(',
  ')',
  ',',
  '$p',
  '$',
  '10',
  '-0',
  '1.50',
  '007',
  '12e4',
  '1e+21',
  '10MB',
  '10mb',
  '5m',
  '50%',
  '9007199254740993',
  '1e+999',

  '10.0.0.1',
  '10.0.0.0/8',
  '10.0.0.0/33',
  '::1',
  'fe80::/10',
  '::ffff:1.2.3.4',
  'a::b',
  'label.',
  'a..b',
  '.a',

  '__proto__',
  'constructor',
  'a "b" c',
  'x.y z',
  'label.app.kubernetes.io/name',
  '/usr/bin/x',
  'plugin/thing',
];

/** Texts: few plain ones, so that they collide, and hostile ones. */
export function filterTexts(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('x', 'y', 'z') },
    { weight: 3, arbitrary: fc.constantFrom(...hostile) },
    { weight: 1, arbitrary: fc.string() },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  );
}

/** Names of fields and filters: few plain ones, and hostile ones; never empty. */
export function filterNames(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'label.x') },
    { weight: 2, arbitrary: filterTexts().filter((text) => text !== '') },
  );
}

/** Finite numbers, small ones above all. */
export function filterNumbers(): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: -2, max: 3 }) },
    { weight: 1, arbitrary: fc.constantFrom(1024, 60_000, 1_048_576, 1e15, 1e21, 0.1, 5e-324, -0) },
    { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  );
}

/** Literals of every kind but parameters. */
export function filterValues(): fc.Arbitrary<FilterValue> {
  const numbers = fc
    .tuple(filterNumbers(), fc.constantFrom(undefined, undefined, 'percent', 'bytes', 'duration'))
    .map(
      ([value, dimension]): FilterValue =>
        dimension === undefined ? { kind: 'number', value } : { kind: 'number', value, dimension },
    );
  return fc.oneof(
    { weight: 4, arbitrary: filterTexts().map((value): FilterValue => ({ kind: 'string', value })) },
    { weight: 2, arbitrary: numbers },
    { weight: 1, arbitrary: filterNetworks() },
  );
}

/** Addresses and networks of both families, some in each other. */
export function filterNetworks(): fc.Arbitrary<FilterValue> {
  const v4 = fc.tuple(fc.oneof(fc.constant('10.1.2.3'), fc.ipV4()), fc.integer({ min: 0, max: 32 }));
  const v6 = fc.tuple(fc.oneof(fc.constant('fe80::1:2'), fc.ipV6()), fc.integer({ min: 0, max: 128 }));
  return fc.oneof(v4, v6).map(([address, bits]) => {
    const value = parseCidr(`${address}/${bits}`);
    if (value === undefined) throw new Error(`${address}/${bits} was not read as a network`);
    return value;
  });
}

/** Patterns that compile. */
export function filterPatterns(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom('', '^x', 'y$', '[0-9]+', '(?i)X', 'x|y', '\\d', '\\.', '"', "'", '\n', '^$', '💥'),
    filterTexts().filter((text) => compilePattern(text).ok),
  );
}

/**
 * Filters as code could build them: any nesting, empty and one-part lists, doubles, constants, several spellings of
 * one meaning. Not in normal form.
 */
export function filterExprs(options: FilterArbitraryOptions = {}): fc.Arbitrary<FilterExpr> {
  const { fields = filterNames(), filters = filterNames(), values = filterValues() } = options;
  const leaves: fc.Arbitrary<FilterExpr>[] = [tests(fields, values)];
  if (filters !== null) leaves.push(calls(filters, values));
  const leaf = fc.oneof(
    { weight: 8, arbitrary: fc.oneof(...leaves) },
    { weight: 1, arbitrary: fc.boolean().map((value): FilterExpr => ({ kind: 'constant', value })) },
  );
  return fc.letrec<{ expr: FilterExpr }>((tie) => ({
    expr: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'filter' },
      { weight: 2, arbitrary: leaf },
      { weight: 1, arbitrary: tie('expr').map((of): FilterExpr => ({ kind: 'not', of })) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(
            fc.constantFrom('and', 'or'),
            fc.array(tie('expr'), { maxLength: 4, depthIdentifier: 'filter' }),
          )
          .map(([kind, of]): FilterExpr => ({ kind, of })),
      },
    ),
  })).expr;
}

/** What a node's fields yield: none, one or several values; an absent key is a missing field. */
export function filterSubjects(
  fields: fc.Arbitrary<string> = filterNames(),
): fc.Arbitrary<ReadonlyMap<string, readonly FieldValue[]>> {
  const value = fc.oneof(filterTexts(), filterNumbers());
  return fc
    .array(fc.tuple(fields, fc.array(value, { maxLength: 3 })), { maxLength: 4 })
    .map((entries) => new Map(entries));
}

function tests(fields: fc.Arbitrary<string>, values: fc.Arbitrary<FilterValue>): fc.Arbitrary<FilterExpr> {
  const equalities = fc
    .tuple(fields, fc.constantFrom('=', '!='), values)
    .map(([field, op, value]): FilterExpr => ({ kind: 'compare', field, op, value }));
  const orders = fc
    .tuple(
      fields,
      fc.constantFrom('<', '<=', '>', '>='),
      values.filter((value) => value.kind !== 'cidr'),
    )
    .map(([field, op, value]): FilterExpr => ({ kind: 'compare', field, op, value }));
  const matches = fc
    .tuple(fields, filterPatterns(), fc.boolean())
    .map(([field, pattern, negated]): FilterExpr => ({ kind: 'match', field, pattern, negated }));
  const memberships = fc
    .tuple(fields, fc.array(values, { maxLength: 4 }))
    .map(([field, list]): FilterExpr => ({ kind: 'in', field, values: list }));
  const presences = fields.map((field): FilterExpr => ({ kind: 'has', field }));
  return fc.oneof(equalities, orders, matches, memberships, presences);
}

function calls(names: fc.Arbitrary<string>, values: fc.Arbitrary<FilterValue>): fc.Arbitrary<FilterExpr> {
  const arg: fc.Arbitrary<FilterArg> = fc.oneof(
    { weight: 3, arbitrary: values },
    { weight: 1, arbitrary: fc.boolean().map((value): FilterArg => ({ kind: 'boolean', value })) },
    {
      weight: 1,
      arbitrary: fc.array(values, { maxLength: 3 }).map((of): FilterArg => ({ kind: 'list', of })),
    },
  );
  const positional = fc.array(
    arg.map((value): FilterArgument => ({ value })),
    { maxLength: 2 },
  );
  const named = fc.uniqueArray(
    fc.tuple(filterNames(), arg).map(([name, value]) => ({ name, value })),
    { maxLength: 3, selector: (argument) => argument.name },
  );
  return fc
    .tuple(names, positional, named)
    .map(([name, first, then]): FilterExpr => ({ kind: 'call', name, args: [...first, ...then] }));
}
