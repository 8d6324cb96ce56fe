import { filterExprs, filterTexts, filterValues } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, expect } from 'vitest';
import {
  and,
  call,
  type FilterArg,
  type FilterExpr,
  filterFromJson,
  filterToJson,
  has,
  normalize,
  not,
  oneOf,
  or,
  parseFilter,
  printFilter,
  test,
} from '../../src/filter/index.ts';
import { law } from './law.ts';

/** Says an expression again through the TypeScript form. */
function rebuild(expr: FilterExpr): FilterExpr {
  switch (expr.kind) {
    case 'constant':
      return expr.value ? and() : or();
    case 'and':
      return and(...expr.of.map(rebuild));
    case 'or':
      return or(...expr.of.map(rebuild));
    case 'not':
      return not(rebuild(expr.of));
    case 'compare':
      return test(expr.field, expr.op, expr.value);
    case 'match':
      return test(expr.field, expr.negated ? '!~' : '~', expr.pattern);
    case 'in':
      return oneOf(expr.field, expr.values);
    case 'has':
      return has(expr.field);
    case 'call': {
      const positional = expr.args.filter((argument) => argument.name === undefined);
      if (positional.length === expr.args.length)
        return call(
          expr.name,
          expr.args.map((argument) => argument.value),
        );
      // the TypeScript form has either kind of arguments, so a mixture is the plain data itself
      if (positional.length > 0) return expr;
      const named: [string, FilterArg][] = expr.args.map(({ name, value }) => [name ?? '', value]);
      return call(expr.name, Object.fromEntries(named));
    }
  }
}

describe('the three forms', () => {
  law('D11: parse(print(e)) = normalize(e)', [filterExprs()], (expr) => {
    expect(parseFilter(printFilter(expr))).toEqual({ ok: true, expr: normalize(expr) });
  });

  law('D11: parse(print(normalize(e))) = normalize(e), printed alike again', [filterExprs()], (expr) => {
    const text = printFilter(normalize(expr));
    const parsed = parseFilter(text);
    expect(parsed).toEqual({ ok: true, expr: normalize(expr) });
    expect(parsed.ok && printFilter(parsed.expr)).toBe(text);
  });

  law(
    'D11: a printed filter is one line without control characters or lone surrogates',
    [filterExprs()],
    (expr) => {
      expect(printFilter(expr)).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
    },
  );

  law('D11: fromJson(toJson(e)) = normalize(e), through JSON text', [filterExprs()], (expr) => {
    const json: unknown = JSON.parse(JSON.stringify(filterToJson(expr)));
    expect(filterFromJson(json)).toEqual({ ok: true, expr: normalize(expr) });
  });

  law('D11: what TypeScript builds normalizes to the same', [filterExprs()], (expr) => {
    expect(normalize(rebuild(expr))).toEqual(normalize(expr));
  });

  law('D11: text → JSON → TypeScript → text ends where it began', [filterExprs()], (expr) => {
    const text = printFilter(normalize(expr));
    const fromText = parseFilter(text);
    if (!fromText.ok) throw new Error(`unreadable: ${text}`);
    const fromJson = filterFromJson(filterToJson(fromText.expr));
    if (!fromJson.ok) throw new Error(`unreadable JSON of: ${text}`);
    expect(printFilter(normalize(rebuild(fromJson.expr)))).toBe(text);
  });

  law(
    'D11: letters of keywords and white space between tokens do not matter',
    [filterExprs(), fc.constantFrom(' ', '\n', '\t\r\n ')],
    (expr, space) => {
      const text = printFilter(expr);
      if (text.includes('"')) return; // strings keep their letters and spaces
      const spelt = text
        .replace(/ /g, space)
        .replace(/\b(and|or|not|in|has)\b/g, (word) => word.toUpperCase())
        .replace(/[(),]/g, (sign) => `${space}${sign}${space}`);
      expect(parseFilter(spelt)).toEqual(parseFilter(text));
    },
  );

  law(
    'D11: any text survives as a value, a field, a filter, an argument',
    [filterTexts(), filterValues()],
    (text, value) => {
      if (text === '') return;
      const expr = and(
        test(text, '=', text),
        has(text),
        call(text, { [text]: text }),
        oneOf(text, [text, value]),
      );
      expect(parseFilter(printFilter(expr))).toEqual({ ok: true, expr: normalize(expr) });
      expect(filterFromJson(filterToJson(expr))).toEqual({ ok: true, expr: normalize(expr) });
    },
  );
});
