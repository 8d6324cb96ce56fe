import { has, link, type NodeReader, type Plan, reduce, select, whenReported, where } from '@ridgeline/core';
import {
  kubernetesName,
  kubernetesNamespace,
  snapshotData,
  storageClassName,
  volumeClaim,
  volumeName,
} from '@ridgeline/vocabulary';

const claims = select('persistent_volume_claim');
const volumes = select('persistent_volume');
const snapshots = select('volume_snapshot');

const nameOf = (node: NodeReader): string => node.get(kubernetesName) ?? '';
const volumeOf = (node: NodeReader): string => node.get(volumeName) ?? '';
const classOf = (node: NodeReader): string => node.get(storageClassName) ?? '';
const claimKey = (namespace: string | undefined, name: string): string => `${namespace ?? ''}/${name}`;

/**
 * Pods, claims, volumes, classes and snapshots, each linked to what it names. Pods without a claim are left out.
 *
 * A name that is missing equals another that is missing, as in Scope (RULES.md §5).
 */
export const volumesOfPods: Plan = reduce(
  link(claims, volumes, { from: (claim) => [volumeOf(claim)], key: nameOf }),
  link(where(select('pod'), has(volumeClaim.field)), claims, {
    from: (pod) =>
      (pod.get(volumeClaim) ?? '').split(';').map((name) => claimKey(pod.get(kubernetesNamespace), name)),
    key: (claim) => claimKey(claim.get(kubernetesNamespace), nameOf(claim)),
    matches: 'first',
  }),
  link(select('storage_class'), claims, { from: (storage) => [nameOf(storage)], key: classOf }),
  link(volumes, snapshots, { from: (volume) => [nameOf(volume)], key: volumeOf }),
  whenReported(
    ['volume_snapshot'],
    link(snapshots, select('volume_snapshot_data'), {
      from: (snapshot) => [snapshot.get(snapshotData) ?? ''],
      key: nameOf,
    }),
  ),
);
