import { printCidr } from './cidr.ts';
import type { FilterArg, FilterArgument, FilterExpr, FilterValue } from './expression.ts';
import { isKeyword } from './tokens.ts';
import { printQuantity } from './value.ts';

/**
 * A filter as text, with no more parentheses than needed. Any expression can be printed, normal form or not.
 *
 * @returns one line; law D11: `parseFilter(printFilter(e))` gives `normalize(e)`, within `filterLimits`
 */
export function printFilter(expr: FilterExpr): string {
  switch (expr.kind) {
    case 'constant':
      return String(expr.value);
    case 'and':
    case 'or':
      return printParts(expr.kind, expr.of);
    case 'not':
      return `not ${printFactor(expr.of)}`;
    case 'compare':
      return `${printName(expr.field)} ${expr.op} ${printValue(expr.value)}`;
    case 'match':
      return `${printName(expr.field)} ${expr.negated ? '!~' : '~'} ${quote(expr.pattern)}`;
    case 'in':
      // `in ()` is no text; that nothing equals any of no values is
      return expr.values.length === 0 ? 'false' : `${printName(expr.field)} in ${printList(expr.values)}`;
    case 'has':
      return `has(${printName(expr.field)})`;
    case 'call':
      return (
        printName(expr.name) + (expr.args.length === 0 ? '' : `(${expr.args.map(printArgument).join(', ')})`)
      );
  }
}

/** A literal as it stands in a text. */
export function printValue(value: FilterValue): string {
  switch (value.kind) {
    case 'string':
      return /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(value.value) ? printName(value.value) : quote(value.value);
    case 'number':
      return printQuantity(value.value, value.dimension);
    case 'cidr':
      return printCidr(value);
    case 'parameter':
      return `$${value.name}`;
  }
}

function printParts(kind: 'and' | 'or', parts: readonly FilterExpr[]): string {
  const [first] = parts;
  if (first === undefined) return String(kind === 'and');
  if (parts.length === 1) return printFilter(first);
  return parts.map((part) => (kind === 'and' ? printTerm(part) : printFilter(part))).join(` ${kind} `);
}

/** An operand of `and`: an `or` needs parentheses there. */
function printTerm(expr: FilterExpr): string {
  const inner = onlyPart(expr);
  return inner.kind === 'or' && inner.of.length > 1 ? `(${printFilter(inner)})` : printFilter(inner);
}

/** An operand of `not`: `and` and `or` need parentheses there. */
function printFactor(expr: FilterExpr): string {
  const inner = onlyPart(expr);
  const isList = (inner.kind === 'and' || inner.kind === 'or') && inner.of.length > 1;
  return isList ? `(${printFilter(inner)})` : printFilter(inner);
}

/** Sees through an `and` or `or` of one part. */
function onlyPart(expr: FilterExpr): FilterExpr {
  let inner = expr;
  while ((inner.kind === 'and' || inner.kind === 'or') && inner.of.length === 1) {
    const [part] = inner.of;
    if (part === undefined) break;
    inner = part;
  }
  return inner;
}

function printArgument(argument: FilterArgument): string {
  const name = argument.name === undefined ? '' : `${printName(argument.name)} = `;
  return name + printArg(argument.value);
}

function printArg(arg: FilterArg): string {
  if (arg.kind === 'boolean') return String(arg.value);
  return arg.kind === 'list' ? printList(arg.of) : printValue(arg);
}

function printList(values: readonly FilterValue[]): string {
  return `(${values.map(printValue).join(', ')})`;
}

const bareName = /^[\p{L}_][\p{L}\p{N}_.\-/:]*$/u;

/** A field's or filter's name: bare where it can be, else `head."rest"`, else quoted whole. */
function printName(name: string): string {
  if (bareName.test(name) && !isKeyword(name)) return name;
  const dot = name.indexOf('.');
  const head = name.slice(0, dot + 1);
  return dot > 0 && bareName.test(head) ? head + quote(name.slice(dot + 1)) : quote(name);
}

/** Double quotes; control characters and lone surrogates escaped, so that the text survives any channel. */
function quote(text: string): string {
  const escaped = text
    .replace(/["\\]/g, '\\$&')
    .replace(
      /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  return `"${escaped}"`;
}
