// A server in a process of its own, for attacks.test.ts, which measures its memory. Its cluster changes a few times a second.
// Tells its parent its address, and how much memory it has and had at most when it is asked. Ends with its parent.
import { register } from 'node:module';

register('../../../../scripts/bench/typescript-hook.mjs', import.meta.url);
const { createRidgeline, viewingPlugins } = await import('@ridgeline/runtime');
const { churnCluster, clusterReports, makeCluster } = await import('@ridgeline/testkit');
const { startServer } = await import('@ridgeline/server');

const TICK_MILLIS = 250;
const shape = { seed: 3, hosts: 2, containersPerHost: 5, processesPerContainer: 2, connections: 100 };

const ridgeline = createRidgeline({ plugins: viewingPlugins(), host: 'test' });
let cluster = makeCluster(shape);
const tick = () => {
  cluster = churnCluster(cluster, 0.2);
  for (const report of clusterReports(cluster, ridgeline.engine.symbols))
    ridgeline.ingest(report.origin, report, TICK_MILLIS);
};
tick();
setInterval(tick, TICK_MILLIS);
const server = await startServer({ ridgeline, listen: { host: '127.0.0.1', port: 0 } });
process.on('message', () => {
  // The most there was is told in kilobytes.
  process.send?.({ rss: process.memoryUsage.rss(), most: process.resourceUsage().maxRSS * 1024 });
});
process.once('disconnect', () => process.exit());
process.send?.({ url: server.url });
