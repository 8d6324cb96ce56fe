import type { Ridgeline } from '@ridgeline/core/live';
import { createRidgeline, viewingPlugins } from '@ridgeline/runtime';
import { type Cluster, type ClusterShape, clusterReports } from '@ridgeline/testkit';
import { type RunningServer, type ServerOptions, startServer } from '../src/index.ts';

/** A server on a port of its own, with a small made-up cluster to look at. */
export interface Harness {
  readonly ridgeline: Ridgeline;
  readonly server: RunningServer;
  readonly url: string;
  close(): Promise<void>;
}

/** Small enough to be read in a failure. */
export const SHAPE: ClusterShape = {
  seed: 7,
  hosts: 2,
  containersPerHost: 3,
  processesPerContainer: 2,
  connections: 30,
};

export async function startHarness(options: Partial<ServerOptions> = {}): Promise<Harness> {
  const ridgeline = options.ridgeline ?? createRidgeline({ plugins: viewingPlugins(), host: 'test' });
  const server = await startServer({
    listen: { host: '127.0.0.1', port: 0 },
    version: '1.2.3',
    ...options,
    ridgeline,
  });
  return { ridgeline, server, url: server.url, close: () => server.close() };
}

/** Reports of all hosts of a cluster. */
export function feedCluster(ridgeline: Ridgeline, cluster: Cluster): void {
  for (const report of clusterReports(cluster, ridgeline.engine.symbols)) {
    if (report.origin !== undefined) ridgeline.ingest(report.origin, report, 1000);
  }
}
