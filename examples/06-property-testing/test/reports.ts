import { declaredReports } from '@ridgeline/testkit';
import { containerId } from '@ridgeline/vocabulary';
import { teamLabel } from '../src/teams.ts';

/** Few containers, few teams: so they meet. */
export const reports = declaredReports({
  container: {
    ids: ['a', 'b', 'c', 'd'].map((key) => containerId.encode(key)),
    attributes: [{ attribute: teamLabel, values: ['shop', 'search'] }],
  },
});
