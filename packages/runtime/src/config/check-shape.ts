import { knownKeys, nearestName } from '@ridgeline/core';
import type * as z from 'zod';
import type { Config } from './config.ts';
import type { ConfigFile } from './config-file.ts';
import { type ConfigPath, isEntries, valueAt } from './config-path.ts';
import { describe } from './describe-value.ts';
import { didYouMean, type Issues } from './issue.ts';
import { configSchema } from './schema.ts';
import { sayFault } from './zod-words.ts';

/**
 * Checks the shape of a file, and leaves out what has a wrong one: the rest is checked further, so that everything
 * that is wrong is found at once.
 *
 * In lists, what is left out leaves `undefined` behind: the others keep their indexes.
 */
export function checkShape(file: ConfigFile, issues: Issues): Config {
  const checked = configSchema.safeParse(file.value);
  if (checked.success) return checked.data;
  if (!isEntries(file.value)) {
    const message = `a config is an object, not ${describe(file.value)}`;
    issues.add({ file, path: [] }, { code: 'bad-shape', message });
    return {};
  }
  const root = copy(file.value);
  for (const issue of checked.error.issues) reportIssue(file, root, issue, [], issues);
  return root as Config;
}

function reportIssue(
  file: ConfigFile,
  root: unknown,
  issue: z.core.$ZodIssue,
  base: ConfigPath,
  issues: Issues,
): void {
  const path = [...base, ...(issue.path as (string | number)[])];
  const branch = issue.code === 'invalid_union' ? meantBranch(issue.errors) : undefined;
  if (branch !== undefined) {
    for (const inner of branch) reportIssue(file, root, inner, path, issues);
    return;
  }
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(configSchema, path);
    for (const key of issue.keys) {
      issues.add(
        { file, path: [...path, key] },
        {
          code: 'unknown-key',
          message: `unknown key ${JSON.stringify(key)}`,
          suggestion: didYouMean(nearestName(key, known)) ?? `known here: ${known.join(', ')}`,
        },
      );
      prune(root, [...path, key]);
    }
    return;
  }
  const value = valueAt(file.value, path);
  if (value === undefined) {
    const key = path.at(-1);
    const message = `${JSON.stringify(key)} is missing`;
    issues.add({ file, path: path.slice(0, -1) }, { code: 'bad-shape', message });
    prune(root, path.slice(0, -1));
    return;
  }
  issues.add({ file, path }, { code: 'bad-shape', ...explain(issue, value) });
  prune(root, path);
}

/** Of the alternatives of a union the one that is meant: the only one whose outermost shape fits. */
function meantBranch(
  branches: readonly (readonly z.core.$ZodIssue[])[],
): readonly z.core.$ZodIssue[] | undefined {
  const fitting = branches.filter((branch) =>
    branch.every((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

function explain(
  issue: z.core.$ZodIssue,
  value: unknown,
): { readonly message: string; readonly suggestion?: string } {
  const known =
    issue.code === 'invalid_value' ? issue.values.filter((item) => typeof item === 'string') : undefined;
  const nearest = known === undefined ? undefined : didYouMean(nearestName(String(value), known));
  const message = sayFault(issue, value);
  if (value === null) return { message, suggestion: 'leave the key out where there is nothing to say' };
  return nearest === undefined ? { message } : { message, suggestion: nearest };
}

/** A copy of plain data, to leave things out of; values of scripts stay the same objects. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isEntries(value) || Object.isFrozen(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));
}

function prune(root: unknown, path: ConfigPath): void {
  const last = path.at(-1);
  const parent = valueAt(root, path.slice(0, -1));
  if (last === undefined || typeof parent !== 'object' || parent === null) return;
  if (Array.isArray(parent)) parent[Number(last)] = undefined;
  else delete (parent as Record<string, unknown>)[String(last)];
}
