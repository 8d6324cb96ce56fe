import { compileComparison } from './compare.ts';
import type { FieldValue, FilterArgument, FilterExpr } from './expression.ts';
import { compilePattern } from './regex.ts';

/** The values a field yields on the node at hand; `undefined` or none: missing. */
export type FieldLookup = (field: string) => readonly FieldValue[] | undefined;

/** What a called filter says of the node at hand. */
export type CallLookup = (name: string, args: readonly FilterArgument[]) => boolean;

/**
 * The meaning of a filter, said as plainly as possible: the oracle that compiled filters and the normal form are
 * tested against. Nothing is prepared or remembered, so it is slow.
 *
 * @throws TypeError for a call without `call`, an unbound parameter, a pattern that was never checked
 */
export function evaluate(expr: FilterExpr, lookup: FieldLookup, call?: CallLookup): boolean {
  switch (expr.kind) {
    case 'constant':
      return expr.value;
    case 'and':
      return expr.of.every((part) => evaluate(part, lookup, call));
    case 'or':
      return expr.of.some((part) => evaluate(part, lookup, call));
    case 'not':
      return !evaluate(expr.of, lookup, call);
    case 'has':
      return (lookup(expr.field) ?? []).length > 0;
    case 'compare':
      return (lookup(expr.field) ?? []).some(compileComparison(expr.op, expr.value));
    case 'in':
      return (lookup(expr.field) ?? []).some((value) =>
        expr.values.some((literal) => compileComparison('=', literal)(value)),
      );
    case 'match': {
      const pattern = compilePattern(expr.pattern);
      if (!pattern.ok) throw new TypeError(`unchecked pattern ${expr.pattern}: ${pattern.message}`);
      return (lookup(expr.field) ?? []).some((value) => pattern.test(String(value)) !== expr.negated);
    }
    case 'call':
      if (call === undefined) throw new TypeError(`nothing resolves the filter ${expr.name}`);
      return call(expr.name, expr.args);
  }
}
