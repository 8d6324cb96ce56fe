import { defineRenderer, group, keying, NONE, PSEUDO, type RendererDef } from '@ridgeline/core';
import { processName } from '@ridgeline/vocabulary';
import { processes } from './processes.ts';

/** Processes of one name on all hosts, as one node. */
export const processesByName: RendererDef = defineRenderer({
  name: 'processes-by-name',
  plan: group(processes.plan, {
    into: `group:process:${processName.key}`,
    by: keying(({ input }) => {
      const names = input.column(processName.key);
      const pseudo = input.symbols.intern(PSEUDO);
      return (row, place) => {
        if (input.kindSymbol(row) === pseudo) place.as();
        else if (names[row] !== NONE) place.under(names[row] as number);
      };
    }),
    selfLoops: 'keep',
    yields: { makes: [`group:process:${processName.key}`], passesRows: false },
  }),
  declares: { monotone: false, selfLoops: 'keep', readsIds: true },
});
