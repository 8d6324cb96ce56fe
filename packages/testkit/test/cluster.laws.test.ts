import { mergeReports, SymbolTable, validateReport } from '@ridgeline/core';
import {
  churnCluster,
  clusterReports,
  clusters,
  endsTheSame,
  foldsInAnyOrder,
  law,
  makeCluster,
  reportText,
} from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const options = { test: it };
const shape = { seed: 3, hosts: 4, containersPerHost: 3, processesPerContainer: 2, connections: 200 };

describe('a made-up cluster', () => {
  law(
    options,
    'B5',
    'its hosts’ reports join in any order',
    [clusters(), fc.array(fc.nat(2), { maxLength: 4 })],
    (cluster, more) => {
      const reports = clusterReports(cluster, new SymbolTable());
      const order = [...more.filter((i) => i < reports.length), ...[...reports.keys()].reverse()];
      return foldsInAnyOrder(mergeReports, reports, order);
    },
  );
  law(options, 'G3', 'its reports are valid', [clusters()], (cluster) =>
    clusterReports(cluster, new SymbolTable()).every((report) => validateReport(report).length === 0),
  );
  law(options, 'G4', 'equal seeds give ≅ reports', [clusters()], (cluster) => {
    const twin = cluster.age === 0 ? makeCluster(cluster.shape) : cluster;
    const [a, b] = [cluster, twin].map((one) => clusterReports(one, new SymbolTable()).map(reportText));
    return JSON.stringify(a) === JSON.stringify(b);
  });
  law(
    options,
    'G5',
    'before and after churn, late and twice: the same join',
    [clusters(), fc.array(fc.nat(9), { maxLength: 9 })],
    (cluster, order) => {
      const symbols = new SymbolTable();
      return endsTheSame(
        [...clusterReports(cluster, symbols), ...clusterReports(churnCluster(cluster, 0.5), symbols)],
        order,
      );
    },
  );

  it('closes every connection in the join of its hosts', () => {
    const symbols = new SymbolTable();
    const cluster = makeCluster(shape);
    const endpoints = mergeReports(symbols, clusterReports(cluster, symbols)).topologies.get('endpoint');

    expect(endpoints?.out.to.length).toBe(endpoints?.open?.to.length);
    expect(endpoints?.out.to.length).toBeGreaterThan(190);
  });

  it('replaces the share of its connections that it is told to', () => {
    const before = makeCluster(shape);
    const after = churnCluster(before, 0.25);
    const kept = after.connections.filter((connection) => before.connections.includes(connection));

    expect(after.connections).toHaveLength(200);
    expect(kept.length).toBeGreaterThanOrEqual(150);
    expect(kept.length).toBeLessThan(200);
    expect(churnCluster(before, 0)).toMatchObject({
      processes: before.processes,
      connections: before.connections,
    });
  });
});
