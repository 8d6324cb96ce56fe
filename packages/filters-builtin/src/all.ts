import type { FilterDef } from '@ridgeline/core';
import { membersAtLeast, metricAtLeast } from './comparisons.ts';
import { connected } from './connections.ts';
import { running, stopped } from './container-state.ts';
import { labelled } from './labels.ts';
import { named } from './names.ts';
import { inNamespace } from './namespaces.ts';
import { inNetwork } from './networks.ts';
import { gathered, internet } from './pseudo-nodes.ts';
import { application, system } from './system-containers.ts';
import { ofTopology, snapshots, storage } from './topologies.ts';

/** All built-in filters, in any order. */
export const builtinFilters: readonly FilterDef[] = Object.freeze([
  application,
  connected,
  gathered,
  inNamespace,
  inNetwork,
  internet,
  labelled,
  membersAtLeast,
  metricAtLeast,
  named,
  ofTopology,
  running,
  snapshots,
  stopped,
  storage,
  system,
]);
