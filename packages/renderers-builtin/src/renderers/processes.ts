import { defineRenderer, type RendererDef, whenReported } from '@ridgeline/core';
import { processesOfEndpoints } from '../endpoints/processes-of-endpoints.ts';
import { groupEndpoints } from '../stages/group-endpoints.ts';

/** Processes, with the connections of their endpoints. */
export const processes: RendererDef = defineRenderer({
  name: 'processes',
  plan: whenReported(['process'], groupEndpoints('process', processesOfEndpoints)),
  declares: { monotone: false, selfLoops: 'keep', readsIds: true },
});
