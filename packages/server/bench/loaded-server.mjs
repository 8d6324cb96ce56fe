// A server that shows a made-up cluster which changes every second, in a process of its own, for server.bench.ts. Tells its
// parent its address, then each second when the reports of a tick were handed in and what it weighs. Ends with its parent.
import { makeReport, TopologyBuilder, textAttribute } from '@ridgeline/core';
import { createRidgeline, viewingPlugins } from '@ridgeline/runtime';
import { startServer } from '@ridgeline/server';
import { churnCluster, clusterReports, makeCluster } from '@ridgeline/testkit';

/** 2,000 containers with 50,000 connections. */
const shape = { seed: 1, hosts: 40, containersPerHost: 50, processesPerContainer: 1, connections: 50_000 };
const CHURN = 0.05;
const TICK_MILLIS = 1000;
const IMAGES = 20;
const SOURCE = 'runtime';
const containerName = textAttribute('docker_container_name', 'name');
const imageKey = textAttribute('docker_image_id', 'image');
const imageName = textAttribute('docker_image_name', 'image-name');

const ridgeline = createRidgeline({ plugins: viewingPlugins(), host: 'bench' });
const server = await startServer({ ridgeline, listen: { host: '127.0.0.1', port: 0 } });
let cluster = makeCluster(shape);

/**
 * What a container runtime says of the containers: names and images.
 *
 * @param {number} now
 */
function runtimeReport(now) {
  const { symbols } = ridgeline.engine;
  const containers = new TopologyBuilder('container', symbols, now);
  const images = new TopologyBuilder('container_image', symbols, now);
  cluster.processes.forEach(({ container, name }, n) => {
    const row = containers.row(`${container};<container>`);
    const image = `image-${n % IMAGES}`;
    containers.set(row, containerName, `${name}-${n}`);
    containers.set(row, imageKey, image);
    images.set(images.row(`${image};<container_image>`), imageName, `shop/${image}`);
  });
  return makeReport({
    origin: { source: SOURCE, host: 'bench' },
    symbols,
    window: { from: now - TICK_MILLIS, to: now },
    topologies: [containers.build(), images.build()],
  });
}

/** Processor time of this process that was spent on making reports, in milliseconds. */
let spentOnReports = 0;

/** All threads together, in milliseconds. */
function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** All sources report at once: the worst case. */
function tick() {
  const began = processorTime();
  cluster = churnCluster(cluster, CHURN);
  const reports = [...clusterReports(cluster, ridgeline.engine.symbols)];
  const at = (cluster.age + 1) * TICK_MILLIS;
  reports.push(runtimeReport(at));
  // What the sources of a cluster do elsewhere is no part of the way from a report to its readers.
  spentOnReports += processorTime() - began;
  const reported = performance.timeOrigin + performance.now();
  for (const report of reports) ridgeline.ingest(report.origin, report, TICK_MILLIS);
  process.send?.({
    kind: 'tick',
    at,
    reported,
    rss: process.memoryUsage.rss(),
    cpu: processorTime() - spentOnReports,
  });
}

tick();
setInterval(tick, TICK_MILLIS);
process.send?.({ kind: 'listening', url: server.url });
process.once('disconnect', () => process.exit());
