import { defineFilter, type FilterDef, type FilterExpr, has, not, or, test } from '@ridgeline/core';
import { NO_STACK } from '@ridgeline/vocabulary';
import { z } from 'zod';

/** What the filter {@link inNamespace} takes. */
export interface NamespaceOptions {
  readonly name: string;
}

/**
 * A node in a Kubernetes namespace or Swarm stack. A node that says neither belongs to `No stack`, and to no
 * Kubernetes namespace.
 */
export function isInNamespace(name: string): FilterExpr {
  const equal = test('namespace', '=', name);
  return name === NO_STACK ? or(equal, not(has('namespace')), test('namespace', '=', '')) : equal;
}

/** Keeps what is in a Kubernetes namespace or a stack. */
export const inNamespace: FilterDef<NamespaceOptions> = defineFilter({
  name: 'in-namespace',
  description: 'what is in a Kubernetes namespace or Swarm stack: in-namespace(prod)',
  parameters: [{ name: 'name', required: true }],
  options: z.object({ name: z.string() }),
  build: ({ name }) => isInNamespace(name),
});
