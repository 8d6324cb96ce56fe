import { compilePattern, defineFilter, type FilterDef, or, test } from '@ridgeline/core';
import { z } from 'zod';

/** What the filter {@link named} takes. */
export interface NameOptions {
  readonly pattern: string;
}

/** Keeps nodes by what they are called or by their id: a linear-time regular expression, found anywhere. */
export const named: FilterDef<NameOptions> = defineFilter({
  name: 'named',
  description: 'what is called so, or has such an id: named("^web-")',
  parameters: [{ name: 'pattern', required: true }],
  options: z.object({
    pattern: z.string().superRefine((pattern, context) => {
      const compiled = compilePattern(pattern);
      if (!compiled.ok) context.addIssue({ code: 'custom', message: compiled.message });
    }),
  }),
  build: ({ pattern }) => or(test('name', '~', pattern), test('id', '~', pattern)),
});
