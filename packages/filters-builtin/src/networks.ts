import { cidr, defineFilter, type FilterDef, oneOf, parseCidr } from '@ridgeline/core';
import { z } from 'zod';

/** What the filter {@link inNetwork} takes. */
export interface NetworkOptions {
  readonly networks: readonly string[];
}

const network = z.string().refine((text) => parseCidr(text) !== undefined, {
  message: 'no address and no network; write 10.0.0.0/8, fe80::/10 or one address',
});

/** Keeps nodes with an address in a network: endpoints by their id, others by what they say and by their endpoints. */
export const inNetwork: FilterDef<NetworkOptions> = defineFilter({
  name: 'in-network',
  description: 'what has an address in a network: in-network(10.0.0.0/8)',
  parameters: [{ name: 'networks', required: true }],
  options: z.object({
    networks: z.union([network.transform((text) => [text]), z.array(network).min(1)]),
  }),
  build: ({ networks }) => oneOf('address', networks.map(cidr)),
});
