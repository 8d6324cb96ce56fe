import { canonicalJson } from '../internal/canonical-json.ts';
import { hashText } from '../internal/stable-hash.ts';
import type { FilterArg, FilterArgument, FilterExpr, FilterValue } from './expression.ts';

/** Nesting that `normalize` accepts in an expression built by code; far above what texts can reach. */
const MAX_NESTING = 1000;

/** An expression in normal form with its canonical JSON, by which parts are sorted and compared; `of` for a list. */
interface Normal {
  readonly expr: FilterExpr;
  readonly key: string;
  readonly of?: readonly Normal[];
}

/**
 * The normal form: `and` and `or` flattened, sorted by a stable hash and free of doubles, `not` pushed inward to the
 * tests and calls, constants folded, `in` with one value an `=`, `in` with none `false`, values of `in` and named
 * arguments sorted. Equal normal forms are doubles of each other; the converse is not promised.
 *
 * Laws (D11): `normalize(e) ≡ e` under `evaluate`; `normalize(normalize(e)) = normalize(e)`.
 *
 * @returns a new frozen expression
 * @throws RangeError where code built an expression nested deeper than 1000
 * @remarks `not` stops at tests: `not a < 1` is not `a >= 1` where a is missing or a set (see expression.ts).
 */
export function normalize(expr: FilterExpr): FilterExpr {
  return normal(expr, false, 0).expr;
}

function normal(expr: FilterExpr, negated: boolean, depth: number): Normal {
  if (depth > MAX_NESTING) throw new RangeError(`a filter expression is nested deeper than ${MAX_NESTING}`);
  switch (expr.kind) {
    case 'constant':
      return constant(expr.value !== negated);
    case 'not':
      return normal(expr.of, !negated, depth + 1);
    case 'and':
    case 'or': {
      // De Morgan: under a `not` the parts are negated and the list changes its kind
      const kind = (expr.kind === 'and') === negated ? 'or' : 'and';
      return join(
        kind,
        expr.of.map((part) => normal(part, negated, depth + 1)),
      );
    }
    default: {
      const leaf = normalLeaf(expr);
      if (leaf.kind === 'constant') return constant(leaf.value !== negated);
      const key = canonicalJson(leaf);
      return negated
        ? { expr: Object.freeze({ kind: 'not', of: leaf }), key: `{"kind":"not","of":${key}}` }
        : { expr: leaf, key };
    }
  }
}

function join(kind: 'and' | 'or', parts: readonly Normal[]): Normal {
  const absorbing = kind === 'or';
  const distinct = new Map<string, Normal>();
  for (const part of parts) {
    const { expr } = part;
    if (expr.kind === 'constant') {
      if (expr.value === absorbing) return part;
    } else if (expr.kind === kind) {
      for (const inner of part.of ?? []) distinct.set(inner.key, inner);
    } else {
      distinct.set(part.key, part);
    }
  }
  const [only, ...others] = distinct.values();
  if (only === undefined) return constant(!absorbing);
  if (others.length === 0) return only;
  const of = sortByHash([...distinct.values()], (part) => part.key);
  const expr: FilterExpr = Object.freeze({ kind, of: Object.freeze(of.map((part) => part.expr)) });
  // the canonical JSON of the whole, put together from its parts': else each level would spell all below it again
  return { expr, key: `{"kind":"${kind}","of":[${of.map((part) => part.key).join(',')}]}`, of };
}

type Leaf = Exclude<FilterExpr, { kind: 'constant' | 'and' | 'or' | 'not' }>;

function normalLeaf(expr: Leaf): Leaf | { kind: 'constant'; value: boolean } {
  switch (expr.kind) {
    case 'compare':
      return Object.freeze({ ...expr, value: freezeValue(expr.value) });
    case 'in':
      return normalIn(expr.field, expr.values);
    case 'call': {
      const args = expr.args.map(freezeArgument);
      const positional = args.filter((argument) => argument.name === undefined);
      const named = args.filter((argument) => argument.name !== undefined);
      named.sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
      return Object.freeze({ ...expr, args: Object.freeze([...positional, ...named]) });
    }
    default:
      return Object.freeze({ ...expr });
  }
}

function normalIn(field: string, values: readonly FilterValue[]): ReturnType<typeof normalLeaf> {
  const distinct = new Map(values.map((value) => [canonicalJson(value), freezeValue(value)]));
  const [only, ...others] = distinct.values();
  if (only === undefined) return { kind: 'constant', value: false };
  // a lone parameter may be bound to a list: only `in` can hold it
  if (others.length === 0 && only.kind !== 'parameter') {
    return Object.freeze({ kind: 'compare', field, op: '=', value: only });
  }
  const sorted = sortByHash([...distinct], ([key]) => key).map(([, value]) => value);
  return Object.freeze({ kind: 'in', field, values: Object.freeze(sorted) });
}

/** By hash, so that no one reads a meaning into the order; by the text itself where hashes collide. */
function sortByHash<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const hashed = items.map((item) => ({ item, key: keyOf(item), hash: hashText(keyOf(item)) }));
  hashed.sort((a, b) => a.hash - b.hash || (a.key < b.key ? -1 : 1));
  return hashed.map(({ item }) => item);
}

function constant(value: boolean): Normal {
  const expr: FilterExpr = Object.freeze({ kind: 'constant', value });
  return { expr, key: canonicalJson(expr) };
}

function freezeArgument(argument: FilterArgument): FilterArgument {
  return Object.freeze({ ...argument, value: freezeArg(argument.value) });
}

function freezeArg(arg: FilterArg): FilterArg {
  if (arg.kind === 'list') return Object.freeze({ ...arg, of: Object.freeze(arg.of.map(freezeValue)) });
  return arg.kind === 'boolean' ? Object.freeze({ ...arg }) : freezeValue(arg);
}

function freezeValue(value: FilterValue): FilterValue {
  // -0 and 0 compare equal and are spelt alike
  return Object.freeze(value.kind === 'number' && value.value === 0 ? { ...value, value: 0 } : { ...value });
}
