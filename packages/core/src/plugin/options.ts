import type { StandardSchemaV1 } from '@standard-schema/spec';
import { RidgelineError } from '../errors.ts';
import { nearestName } from '../filter/suggest.ts';
import { knownKeys } from './known-keys.ts';

/** What is wrong with an option. */
export interface OptionIssue {
  /** `ebpf.ringBytes`; empty for the options as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Options that passed their schema, or everything that is wrong with them. */
export type CheckedOptions<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly OptionIssue[] };

/** Checks options against a schema; without one, anything is allowed and passed on as it is. */
export function checkOptions<T>(
  schema: StandardSchemaV1<unknown, T> | undefined,
  input: unknown,
): CheckedOptions<T> {
  if (schema === undefined) return { ok: true, value: (input ?? {}) as T };
  const result = schema['~standard'].validate(input ?? {});
  if (result instanceof Promise) {
    return {
      ok: false,
      issues: [{ path: '', message: 'the schema checks asynchronously, which options cannot wait for' }],
    };
  }
  if (result.issues === undefined) return { ok: true, value: result.value };
  return { ok: false, issues: result.issues.flatMap((issue) => issuesOf(schema, issue)) };
}

/** zod gathers the unknown keys of an object in one issue: here each is one of its own, with what may have been meant. */
function issuesOf(schema: unknown, issue: StandardSchemaV1.Issue): readonly OptionIssue[] {
  const path = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part));
  const keys = unknownKeysOf(issue);
  if (keys === undefined) return [{ path: path.map(String).join('.'), message: issue.message }];
  const known = knownKeys(schema, path);
  return keys.map((key) => {
    const nearest = nearestName(key, known);
    const all = known.length === 0 ? '' : `; known here: ${known.join(', ')}`;
    const hint = nearest === undefined ? all : `; did you mean ${JSON.stringify(nearest)}?`;
    return { path: [...path, key].map(String).join('.'), message: `there is no such option${hint}` };
  });
}

/** The keys that an issue calls unknown, of a schema of zod's; `undefined` where it says something else. */
export function unknownKeysOf(issue: StandardSchemaV1.Issue): readonly string[] | undefined {
  const { code, keys } = issue as { readonly code?: unknown; readonly keys?: unknown };
  return code === 'unrecognized_keys' && Array.isArray(keys) ? keys.map(String) : undefined;
}

/**
 * As {@link checkOptions}, for code that cannot go on.
 *
 * @throws RidgelineError `BAD_OPTIONS` that names every issue
 */
export function requireOptions<T>(
  what: string,
  schema: StandardSchemaV1<unknown, T> | undefined,
  input: unknown,
): T {
  const checked = checkOptions(schema, input);
  if (checked.ok) return checked.value;
  const faults = checked.issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  throw new RidgelineError('BAD_OPTIONS', `${what}: ${faults.join('; ')}`, { what, faults });
}
