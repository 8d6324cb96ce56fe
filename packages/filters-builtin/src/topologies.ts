import { defineFilter, type FilterDef, type FilterExpr, oneOf } from '@ridgeline/core';
import { z } from 'zod';

/** What the filter {@link ofTopology} takes. */
export interface TopologyOptions {
  readonly names: readonly string[];
}

/** Volumes, claims and storage classes. */
export const isStorage: FilterExpr = oneOf('topology', [
  'persistent_volume',
  'persistent_volume_claim',
  'storage_class',
]);

/** Snapshots of volumes, and their data. */
export const isSnapshot: FilterExpr = oneOf('topology', ['volume_snapshot', 'volume_snapshot_data']);

/** Keeps volumes, claims and storage classes. */
export const storage: FilterDef<Record<string, never>> = defineFilter({
  name: 'storage',
  description: 'volumes, claims and storage classes',
  build: () => isStorage,
});

/** Keeps snapshots of volumes and their data. */
export const snapshots: FilterDef<Record<string, never>> = defineFilter({
  name: 'snapshots',
  description: 'snapshots of volumes, and their data',
  build: () => isSnapshot,
});

/** Keeps nodes of some topologies. */
export const ofTopology: FilterDef<TopologyOptions> = defineFilter({
  name: 'of-topology',
  description: 'nodes of topologies: of-topology((pod, container))',
  parameters: [{ name: 'names', required: true }],
  options: z.object({
    names: z.union([z.string().transform((name) => [name]), z.array(z.string()).min(1)]),
  }),
  build: ({ names }) => oneOf('topology', names),
});
