import { knownKeys, nearestName, type SourceDef, unknownKeysOf } from '@ridgeline/core';
import { type ConfigPath, valueAt } from './config-path.ts';
import { didYouMean, type Issues, type Place } from './issue.ts';
import { readQuantity } from './quantities.ts';
import { sayFault } from './zod-words.ts';

/** A schema of options: zod's, or any that is a Standard Schema. */
export type OptionSchema<T> = NonNullable<SourceDef<T>['options']>;

/** What a schema has against its input. */
type SchemaIssue = NonNullable<
  Awaited<ReturnType<OptionSchema<unknown>['~standard']['validate']>>['issues']
>[number];

/** Where options stand, and where what is wrong with them goes. */
export interface OptionScope {
  readonly issues: Issues;
  readonly placeOf: (path: ConfigPath) => Place;
}

/**
 * Checks options by their own schema. Where it takes a number, a quantity may be written: `every: 2s`.
 *
 * @param what - whose options: `source procfs`
 * @returns the options with their defaults, and the input with numbers for quantities; `undefined` when something is wrong
 */
export function checkOptionsAt<T>(
  what: string,
  schema: OptionSchema<T> | undefined,
  input: unknown,
  path: ConfigPath,
  { issues, placeOf }: OptionScope,
): { readonly value: T; readonly input: unknown } | undefined {
  if (schema === undefined) return { value: input as T, input };
  let accepted = input;
  let result = schema['~standard'].validate(input);
  if (!(result instanceof Promise) && result.issues !== undefined) {
    const numbers = withNumbers(input, result.issues);
    if (numbers !== undefined) {
      accepted = numbers;
      result = schema['~standard'].validate(numbers);
    }
  }
  if (result instanceof Promise) {
    const message = `${what}: its schema checks asynchronously, which options cannot wait for`;
    issues.add(placeOf(path), { code: 'bad-options', message });
    return undefined;
  }
  if (result.issues === undefined) return { value: result.value, input: accepted };
  for (const issue of result.issues) {
    const at = stepsOf(issue);
    const keys = unknownKeysOf(issue);
    if (keys === undefined) {
      const value = valueAt(input, at);
      const key = at.at(-1);
      const said =
        value === undefined && key !== undefined
          ? `${JSON.stringify(key)} is missing`
          : sayFault(issue, value);
      const message = `${what}: ${said}`;
      issues.add(placeOf([...path, ...at]), { code: 'bad-options', message });
      continue;
    }
    const known = knownKeys(schema, at);
    for (const key of keys) {
      const nearest = didYouMean(nearestName(key, known));
      issues.add(placeOf([...path, ...at, key]), {
        code: 'unknown-key',
        message: `${what} has no option ${JSON.stringify(key)}`,
        suggestion: nearest ?? (known.length === 0 ? undefined : `known here: ${known.join(', ')}`),
      });
    }
  }
  return undefined;
}

/** The options with numbers for the quantities at which the schema took offence; `undefined` without any. */
function withNumbers(input: unknown, issues: readonly SchemaIssue[]): unknown {
  let changed: unknown;
  for (const issue of issues) {
    const path = stepsOf(issue);
    const text = valueAt(input, path);
    const number = typeof text === 'string' ? readQuantity(text, String(path.at(-1) ?? '')) : undefined;
    if (number === undefined) continue;
    changed ??= structuredClone(input);
    const parent = valueAt(changed, path.slice(0, -1)) as Record<string | number, unknown>;
    parent[path.at(-1) as string | number] = number;
  }
  return changed;
}

function stepsOf(issue: SchemaIssue): (string | number)[] {
  return (issue.path ?? []).map((step) => {
    const key = typeof step === 'object' ? step.key : step;
    return typeof key === 'number' ? key : String(key);
  });
}
