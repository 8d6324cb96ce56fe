import { type NodeId, type SymbolTable, type Topology, TopologyBuilder } from '@ridgeline/core';
import {
  cgroup,
  commandLine,
  containerKey,
  hostNodeId,
  networkNamespace,
  PROCESS_CPU,
  PROCESS_MEMORY,
  parentPid,
  pid,
  processId,
  processName,
  processStarted,
  processUser,
  threads,
} from '@ridgeline/vocabulary';
import type { MetricHistory } from './metric-history.ts';
import type { Scan } from './scan.ts';

/** The process topology: a row a process, with its metrics' history. Yields every few dozen rows. */
export function* reportProcesses(
  scan: Scan,
  symbols: SymbolTable,
  host: string,
  hostNode: NodeId,
): Generator<void, Topology, void> {
  const builder = new TopologyBuilder('process', symbols, scan.atMillis);
  const memoryMax = scan.host.memory?.totalBytes ?? 0;
  for (const [index, process] of scan.processes.entries()) {
    if (index % 32 === 31) yield;
    const row = builder.row(processId.encode(host, String(process.pid)));
    builder.set(row, pid, String(process.pid));
    builder.set(row, processName, process.name);
    builder.set(row, parentPid, String(process.ppid));
    builder.set(row, threads, process.threads);
    builder.set(row, hostNodeId, hostNode);
    builder.parent(row, 'host', hostNode);
    if (process.commandLine !== '') builder.set(row, commandLine, process.commandLine);
    if (process.uid !== undefined) {
      builder.set(row, processUser, scan.userNames.get(process.uid) ?? String(process.uid));
    }
    if (process.startedMillis !== undefined) builder.set(row, processStarted, process.startedMillis);
    if (process.cgroup.path !== '') builder.set(row, cgroup, process.cgroup.path);
    if (process.cgroup.containerId !== undefined) {
      builder.set(row, containerKey, process.cgroup.containerId);
    }
    if (process.namespaceInode >= 0) builder.set(row, networkNamespace, String(process.namespaceInode));
    reportMetric(builder, row, PROCESS_CPU, process.cpuPercent, 100);
    reportMetric(builder, row, PROCESS_MEMORY, process.residentBytes, memoryMax);
  }
  return builder.build();
}

/** Writes a metric with its history; none without samples. */
export function reportMetric(
  builder: TopologyBuilder,
  row: number,
  key: string,
  history: MetricHistory,
  max: number,
): void {
  if (history.size === 0) return;
  builder.metric(row, key, 0, max);
  for (let index = 0; index < history.size; index++) {
    builder.sample(history.timeAt(index), history.valueAt(index));
  }
}
