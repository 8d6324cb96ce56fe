import { defineFilter, type FilterDef, type FilterExpr, has, not, or, test } from '@ridgeline/core';
import { z } from 'zod';

/** What the filter {@link labelled} takes. */
export interface LabelOptions {
  readonly key: string;
  /** The value that the label must have; left out: any. */
  readonly is?: string | undefined;
}

/**
 * A container whose Docker label has a value. A label that is missing counts as empty, as in Scope's custom
 * filters.
 */
export function hasDockerLabel(key: string, value: string): FilterExpr {
  const field = `docker.label.${key}`;
  const equal = test(field, '=', value);
  return value === '' ? or(equal, not(has(field))) : equal;
}

/** Keeps what has a label, of Docker or Kubernetes; `not labelled(…)` keeps what lacks it. */
export const labelled: FilterDef<LabelOptions> = defineFilter({
  name: 'labelled',
  description: 'what has a label: labelled(app), labelled(app, web)',
  parameters: [
    { name: 'key', required: true },
    { name: 'is', required: false },
  ],
  options: z.object({
    key: z.string().min(1),
    is: z.union([z.string(), z.number().transform(String)]).optional(),
  }),
  build: ({ key, is }) => (is === undefined ? has(`label.${key}`) : test(`label.${key}`, '=', is)),
});
