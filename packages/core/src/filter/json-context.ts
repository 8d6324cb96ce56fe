import type { FilterJsonError, FilterProblem } from './filter-error.ts';
import type { KnownNames } from './names.ts';

/** Where in the JSON a part stands. */
export type JsonPath = readonly (string | number)[];

/** What one reading of a JSON form carries along; made and dropped within one call of `filterFromJson`. */
export interface JsonContext {
  readonly known: KnownNames | undefined;
  readonly errors: FilterJsonError[];
  /** Parts still allowed: YAML aliases can make a small file stand for an endless tree. */
  budget: number;
}

const MOST_ERRORS = 200;

/** Notes a mistake; reading goes on beside it. */
export function reportAt(context: JsonContext, path: JsonPath, problem: FilterProblem): undefined {
  if (context.errors.length < MOST_ERRORS) context.errors.push({ ...problem, path });
  return undefined;
}

/** Notes that a part has the wrong shape. */
export function reportShape(
  context: JsonContext,
  path: JsonPath,
  value: unknown,
  expected: readonly string[],
): undefined {
  const problem: FilterProblem = {
    code: 'bad-shape',
    message: `${describeJson(value)} cannot stand here`,
    expected,
  };
  return reportAt(context, path, problem);
}

/** Whether a value is an object of entries, not null and not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describeJson(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isRecord(value)) return Object.keys(value).length === 0 ? 'an empty object' : 'an object';
  return `a ${typeof value}`;
}
