import { defineRenderer, type RendererDef, select } from '@ridgeline/core';

/** The raw picture: every endpoint, with the connections between them. Scope has no such view. */
export const endpoints: RendererDef = defineRenderer({
  name: 'endpoints',
  plan: select('endpoint'),
  declares: { monotone: true, selfLoops: 'keep' },
});
