import { type Report, SymbolTable } from '@ridgeline/core';
import * as fc from 'fast-check';
import { type Cluster, churnCluster, makeCluster } from '../cluster/cluster.ts';
import { clusterReports } from '../cluster/cluster-reports.ts';
import { showReport } from './reports.ts';

/** Small realistic clusters, some of them after churn. */
export function clusters(): fc.Arbitrary<Cluster> {
  return fc
    .record({
      seed: fc.nat(),
      hosts: fc.integer({ min: 1, max: 3 }),
      containersPerHost: fc.integer({ min: 1, max: 3 }),
      processesPerContainer: fc.integer({ min: 1, max: 2 }),
      connections: fc.nat(12),
      churns: fc.nat(2),
    })
    .map(({ churns, ...shape }) => {
      let cluster = makeCluster(shape);
      for (let n = 0; n < churns; n++) cluster = churnCluster(cluster, 0.3);
      return cluster;
    });
}

/** The reports of the hosts of a small realistic cluster, in one symbol table. */
export function clusterHostReports(): fc.Arbitrary<readonly Report[]> {
  return clusters().map((cluster) => clusterReports(cluster, new SymbolTable()).map(showReport));
}
