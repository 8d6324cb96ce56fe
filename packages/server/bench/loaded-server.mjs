// A server that shows a made-up cluster which changes every second, in a process of its own, for server.bench.ts. Tells its
// parent its address, then each second when the reports of a tick were handed in and what it weighs. Ends with its parent.
import { makeReport, Topology, TopologyBuilder, textAttribute } from '@ridgeline/core';
import { createRidgeline, viewingPlugins } from '@ridgeline/runtime';
import { startServer } from '@ridgeline/server';
import { churnCluster, clusterReports, makeCluster } from '@ridgeline/testkit';

/** 2,000 containers with 50,000 connections. */
const shape = { seed: 1, hosts: 40, containersPerHost: 50, processesPerContainer: 1, connections: 50_000 };
const CHURN = 0.05;
const TICK_MILLIS = 1000;
/** How many states of the cluster there are. */
const STATES = 12;
const IMAGES = 20;
const SOURCE = 'runtime';
const containerName = textAttribute('docker_container_name', 'name');
const imageKey = textAttribute('docker_image_id', 'image');
const imageName = textAttribute('docker_image_name', 'image-name');

const ridgeline = createRidgeline({ plugins: viewingPlugins(), host: 'bench' });
const server = await startServer({ ridgeline, listen: { host: '127.0.0.1', port: 0 } });
/**
 * What a container runtime says of the containers: names and images.
 *
 * @param {import('@ridgeline/testkit').Cluster} cluster
 * @param {number} now
 */
function runtimeReport(cluster, now) {
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

/** All threads together, in milliseconds. */
function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * The reports of so many states of the cluster, each a tick of churn after the one before. They are made before anything is
 * measured: what the sources of a cluster do elsewhere is no part of the way to its readers.
 */
function makeStates() {
  const { symbols } = ridgeline.engine;
  let cluster = makeCluster(shape);
  return Array.from({ length: STATES }, () => {
    cluster = churnCluster(cluster, CHURN);
    return [...clusterReports(cluster, symbols), runtimeReport(cluster, (cluster.age + 1) * TICK_MILLIS)];
  });
}

/** Reports in the engine's own table, as its sources make them: it moves to a new one when most of the old is dead. */
function settle() {
  for (;;) {
    const { symbols } = ridgeline.engine;
    const states = makeStates();
    for (const report of states[0] ?? []) ridgeline.ingest(report.origin, report, TICK_MILLIS);
    if (ridgeline.engine.symbols === symbols) return states;
  }
}

/**
 * The same report of another time. Its tables are new objects, of which nothing is remembered.
 *
 * @param {import('@ridgeline/core').Report} report
 * @param {number} at
 */
function redate(report, at) {
  const topologies = [...report.topologies.values()].map(
    ({ name, symbols, ids, columns, open }) =>
      new Topology({ name, symbols, ids, columns, ...(open === undefined ? {} : { open }) }),
  );
  return makeReport({ ...report, window: { from: at - TICK_MILLIS, to: at }, topologies });
}

const states = settle();
let ticks = 0;

/** All sources report at once: the worst case. The states come forth and back, so that each differs from the last by the churn. */
function tick() {
  ticks++;
  const at = (STATES + ticks) * TICK_MILLIS;
  const turn = ticks % (2 * STATES - 2);
  const state = states[turn < STATES ? turn : 2 * STATES - 2 - turn] ?? [];
  const reports = state.map((report) => redate(report, at));
  const reported = performance.timeOrigin + performance.now();
  for (const report of reports) ridgeline.ingest(report.origin, report, TICK_MILLIS);
  tell({ kind: 'tick', at, reported, rss: process.memoryUsage.rss(), cpu: processorTime() });
}

/** @param {object} word */
function tell(word) {
  // A parent that has gone meanwhile hears nothing; `disconnect` ends this process.
  if (process.connected) process.send?.(word, undefined, {}, () => {});
}

tick();
setInterval(tick, TICK_MILLIS);
tell({ kind: 'listening', url: server.url });
process.once('disconnect', () => process.exit());
