import { defineRenderer, group, keying, NONE, PSEUDO, type RendererDef } from '@ridgeline/core';
import { containerHostname } from '@ridgeline/vocabulary';
import { containersWithImageNames } from './containers.ts';

/** Containers of one host name, as one node. */
export const containersByHostname: RendererDef = defineRenderer({
  name: 'containers-by-hostname',
  plan: group(containersWithImageNames, {
    into: `group:container:${containerHostname.key}`,
    by: keying(({ input }) => {
      const hostnames = input.column(containerHostname.key);
      const pseudo = input.symbols.intern(PSEUDO);
      return (row, place) => {
        if (input.kindSymbol(row) === pseudo) place.as();
        else if (hostnames[row] !== NONE) place.under(hostnames[row] as number);
      };
    }),
    selfLoops: 'keep',
    yields: { makes: [`group:container:${containerHostname.key}`], passesRows: false },
  }),
  declares: { monotone: false, selfLoops: 'keep', readsIds: true },
});
