import type { StandardSchemaV1 } from '@standard-schema/spec';
import { RidgelineError } from '../errors.ts';

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
  return {
    ok: false,
    issues: result.issues.map((issue) => ({
      path: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
      message: issue.message,
    })),
  };
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
