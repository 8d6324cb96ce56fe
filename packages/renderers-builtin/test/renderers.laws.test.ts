import { builtinRenderers } from '@ridgeline/renderers-builtin';
import { remembered, rendererLaws, seeded } from '@ridgeline/testkit';
import { describe, it } from 'vitest';
import { environment } from './given-report.ts';
import { knownReports } from './known-reports.ts';

/**
 * Views whose edges are not all connections between members: volumes are linked by name, and a host holds what is on
 * it one level deep, so the endpoints behind an edge are members of its members.
 */
const MADE = new Set(['pods', 'kube-controllers', 'services', 'hosts']);

const options = seeded({ test: it });
const reports = remembered(knownReports());

for (const def of builtinRenderers) {
  describe(def.name, () => {
    rendererLaws(def, {
      ...options,
      environment,
      reports,
      edges: MADE.has(def.name) ? 'made' : 'reported',
    });
  });
}
