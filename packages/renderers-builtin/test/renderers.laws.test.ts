import { builtinRenderers } from '@ridgeline/renderers-builtin';
import { rendererLaws } from '@ridgeline/testkit';
import { describe, it } from 'vitest';
import { environment } from './given-report.ts';
import { knownReports } from './known-reports.ts';

/**
 * Views whose edges are not all connections between members: volumes are linked by name, and a host holds what is on
 * it one level deep, so the endpoints behind an edge are members of its members.
 */
const MADE = new Set(['pods', 'kube-controllers', 'services', 'hosts']);

for (const def of builtinRenderers) {
  describe(def.name, () => {
    rendererLaws(def, {
      test: it,
      environment,
      reports: knownReports(),
      edges: MADE.has(def.name) ? 'made' : 'reported',
    });
  });
}
