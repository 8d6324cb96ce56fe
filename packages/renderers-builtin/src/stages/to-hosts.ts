import { type GroupPlan, group, keying, type Plan, PSEUDO } from '@ridgeline/core';
import { eachParent } from './to-parents.ts';

/**
 * Nodes under the hosts they are on, one level only.
 *
 * @param edges - `none` where a node stands for others on several hosts: its edges are not those of each host
 */
export function toHosts(of: Plan, edges: 'follow' | 'none' = 'follow'): GroupPlan {
  return group(of, {
    into: 'host',
    by: keying(({ input }) => {
      const pseudo = input.symbols.intern(PSEUDO);
      const host = input.symbols.intern('host');
      return (row, place) => {
        if (input.kindSymbol(row) === pseudo) return;
        eachParent(input, row, host, (parent) => place.under(parent, host));
      };
    }),
    members: 'direct',
    selfLoops: 'keep',
    edges,
    yields: { makes: ['host'], passesRows: false },
  });
}
