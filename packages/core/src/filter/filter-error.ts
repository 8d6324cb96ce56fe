/** What can be wrong with a filter; each code has one meaning, listed in docs/filter-language.md. */
export type FilterErrorCode =
  | 'too-long'
  | 'too-deep'
  | 'too-large'
  | 'unexpected'
  | 'unterminated-string'
  | 'bad-escape'
  | 'bad-number'
  | 'bad-address'
  | 'unknown-unit'
  | 'no-order'
  | 'bad-pattern'
  | 'unknown-field'
  | 'unknown-filter'
  | 'unknown-parameter'
  | 'missing-argument'
  | 'extra-argument'
  | 'doubled-argument'
  | 'bad-argument'
  | 'cyclic-filter'
  | 'bad-shape';

/** What is wrong, without saying where. */
export interface FilterProblem {
  readonly code: FilterErrorCode;
  readonly message: string;
  /** What would have been right, in words: `a field`, `)`. */
  readonly expected?: readonly string[];
  /** What to write instead of the faulty part. */
  readonly suggestion?: string;
}

/** A mistake in a filter's text. `offset` and `length` are UTF-16 units; a length of 0 is the text's end. */
export interface FilterError extends FilterProblem {
  readonly offset: number;
  readonly length: number;
}

/** A mistake in a filter's JSON form. Inside a text (a string that holds an expression) `inText` points into it. */
export interface FilterJsonError extends FilterProblem {
  readonly path: readonly (string | number)[];
  readonly inText?: { readonly text: string; readonly offset: number; readonly length: number };
}

/** A mistake's sentence with what was expected, and the suggestion. */
export function describeFilterProblem(problem: FilterProblem): string {
  const expected = problem.expected?.length ? `; expected ${joinAlternatives(problem.expected)}` : '';
  const suggestion = problem.suggestion === undefined ? '' : `; did you mean ${problem.suggestion}?`;
  return problem.message + expected + suggestion;
}

const CONTEXT = 60;

/**
 * The sentence, the faulty line and a caret under the faulty part:
 *
 *     unknown field "dokcer.state"; did you mean docker.state?
 *       not dokcer.state = running
 *           ^~~~~~~~~~~~
 *
 * Long lines are cut around the fault. Columns are code points; control characters show as `·`.
 */
export function formatFilterError(text: string, error: FilterError): string {
  const lineStart = text.lastIndexOf('\n', error.offset - 1) + 1;
  const newline = text.indexOf('\n', error.offset);
  const lineEnd = newline < 0 ? text.length : newline;
  const from = Math.max(lineStart, error.offset - CONTEXT);
  const to = Math.min(
    lineEnd,
    Math.max(error.offset + error.length, error.offset) + CONTEXT,
    from + 3 * CONTEXT,
  );
  const before = (from > lineStart ? '…' : '') + visible(text.slice(from, error.offset));
  const marked = visible(text.slice(error.offset, Math.min(error.offset + error.length, to)));
  const after =
    visible(text.slice(Math.min(error.offset + error.length, to), to)) + (to < lineEnd ? '…' : '');
  const caret = `${' '.repeat(width(before))}^${'~'.repeat(Math.max(0, width(marked) - 1))}`;
  return `${describeFilterProblem(error)}\n  ${before}${marked}${after}\n  ${caret}`;
}

/** `$.and[1]["label.team"]: sentence`, and the caret below where the fault is inside a text. */
export function formatFilterJsonError(error: FilterJsonError): string {
  const path = error.path
    .map((step) =>
      typeof step === 'number' ? `[${step}]` : /^\w+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
    )
    .join('');
  if (error.inText === undefined) return `$${path}: ${describeFilterProblem(error)}`;
  const { text, offset, length } = error.inText;
  return `$${path}: ${formatFilterError(text, { ...error, offset, length })}`;
}

function joinAlternatives(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, '·');
}

function width(text: string): number {
  return Array.from(text).length;
}
