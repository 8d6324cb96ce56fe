/**
 * The filter language's one abstract syntax: frozen plain data, the same whether it was spelt as text, JSON or
 * TypeScript. `normalize` gives its normal form, `evaluate` its meaning.
 *
 * ## Meaning
 * A field names an attribute, label, metric, count or set of a node; it yields *values*: none (missing), one, or
 * several (a set). An empty set is missing. Every test is existential, without exception:
 *
 *     test(field) holds  ⇔  some value x of the field satisfies the test
 *
 * So a missing field makes every test false, `!=` and `!~` included, and `not` of it true. From that follows:
 * - `a != v` holds if a is present and *some* value differs from v. On one value: "present, and not v". On a set
 *   {v, w} both `a = v` and `a != v` hold; "v is not among them" is spelt `not a = v`.
 * - `a !~ p` likewise: some value that p does not match; `not a ~ p` also holds where a is missing.
 * - `not a < 1` is not `a >= 1` (a may be missing, or no number). Hence the normal form pushes `not` through `and`,
 *   `or` and `not` alone, and never turns an operator into its opposite.
 *
 * How one value x is compared depends on the *kind of the literal*, never on x:
 * - string: as text; x a number is spelt as JavaScript spells it. Order is by UTF-16 code unit.
 * - number: as numbers; x a text counts as a number if the language would read it as one (`value.ts`), else only `!=`
 *   holds. A dimension changes how the literal is spelt, never what it means: `60s` is 60000.
 * - cidr: `=` holds if x is an address, or a network, inside it; `!=` if it is not (text that is no address included).
 *   Order does not exist: refused where the expression is made.
 */
export type FilterExpr = FilterConstant | FilterAll | FilterAny | FilterNot | FilterTest | FilterCall;

/** One test of one field. */
export type FilterTest = FilterCompare | FilterMatch | FilterIn | FilterHas;

/** `true` (no restriction; an empty `and`) or `false` (an empty `or`). */
export interface FilterConstant {
  readonly kind: 'constant';
  readonly value: boolean;
}

/** Conjunction. In normal form: two or more parts, none of them an `and` or a constant, sorted, without doubles. */
export interface FilterAll {
  readonly kind: 'and';
  readonly of: readonly FilterExpr[];
}

/** Disjunction. In normal form: two or more parts, none of them an `or` or a constant, sorted, without doubles. */
export interface FilterAny {
  readonly kind: 'or';
  readonly of: readonly FilterExpr[];
}

/** Negation. In normal form only around a test or a call. */
export interface FilterNot {
  readonly kind: 'not';
  readonly of: FilterExpr;
}

export type CompareOp = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** Some value of the field stands in this relation to `value`. */
export interface FilterCompare {
  readonly kind: 'compare';
  readonly field: string;
  readonly op: CompareOp;
  readonly value: FilterValue;
}

/** `~`, or `!~` if negated: some value of the field is matched (is not matched) anywhere by the RE2 pattern. */
export interface FilterMatch {
  readonly kind: 'match';
  readonly field: string;
  readonly pattern: string;
  readonly negated: boolean;
}

/** Some value of the field equals (cidr: lies inside) some of `values`. In normal form two or more of them. */
export interface FilterIn {
  readonly kind: 'in';
  readonly field: string;
  readonly values: readonly FilterValue[];
}

/** The field is present: it has at least one value. */
export interface FilterHas {
  readonly kind: 'has';
  readonly field: string;
}

/** A registered filter, or one that a config names. In normal form: positional arguments first, then named ones by name. */
export interface FilterCall {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly FilterArgument[];
}

/** One argument of a call: positional without `name`. Known signatures bind positional arguments to names. */
export interface FilterArgument {
  readonly name?: string;
  readonly value: FilterArg;
}

/** What a filter's parameter can be given. `parameter` inside a list may be bound to a list and is spliced then. */
export type FilterArg = FilterValue | BooleanArg | ListArg;

export interface BooleanArg {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface ListArg {
  readonly kind: 'list';
  readonly of: readonly FilterValue[];
}

/** A literal of a test; `parameter` occurs only inside the definition of a named filter, until it is expanded. */
export type FilterValue = StringValue | NumberValue | CidrValue | ParameterValue;

export interface StringValue {
  readonly kind: 'string';
  readonly value: string;
}

/** Dimensions a number can be spelt in: percent (0..100), bytes (1024 steps), duration (milliseconds). */
export type Dimension = 'percent' | 'bytes' | 'duration';

/** A finite number in its base unit: percent points, bytes, milliseconds. */
export interface NumberValue {
  readonly kind: 'number';
  readonly value: number;
  readonly dimension?: Dimension;
}

/** A network in canonical form: host bits zero, RFC 5952 text; IPv4-mapped IPv6 is IPv4. One address: all bits. */
export interface CidrValue {
  readonly kind: 'cidr';
  readonly network: string;
  readonly bits: number;
}

/** `$name`: stands for an argument of the named filter whose definition it occurs in. */
export interface ParameterValue {
  readonly kind: 'parameter';
  readonly name: string;
}

/** A value that a node's field yields. */
export type FieldValue = string | number;

/**
 * Bounds of what `parseFilter` and `filterFromJson` accept, so that no text can exhaust the stack or the clock.
 * `textLength` bounds the input and the printed normal form (UTF-16 units); `nesting` parentheses, `not`s or JSON
 * levels; `levels` alternations of `and` and `or` in the normal form (its print then stays far below `nesting`).
 */
export const filterLimits: {
  readonly textLength: number;
  readonly nesting: number;
  readonly levels: number;
  readonly patternLength: number;
} = Object.freeze({ textLength: 65_536, nesting: 256, levels: 128, patternLength: 1024 });
