import { type NodeId, type SymbolTable, type Topology, TopologyBuilder } from '@ridgeline/core';
import {
  HOST_CPU,
  HOST_MEMORY,
  hostAddresses,
  hostName,
  hostNodeId,
  kernelVersion,
  LOAD_1,
  localNetworks,
  operatingSystem,
  uptimeSeconds,
} from '@ridgeline/vocabulary';
import { networkText } from './network-files.ts';
import { reportMetric } from './report-processes.ts';
import type { Scan } from './scan.ts';

/** A shorter prefix says nothing about where an address is: the on-link half of the Internet that some tunnels route. */
const leastPrefixLength = 8;

/** The host topology: one row. */
export function reportHost(scan: Scan, symbols: SymbolTable, host: string, hostNode: NodeId): Topology {
  const builder = new TopologyBuilder('host', symbols, scan.atMillis);
  const row = builder.row(hostNode);
  const facts = scan.host;
  builder.set(row, hostNodeId, hostNode);
  builder.set(row, hostName, facts.hostName ?? host);
  builder.set(row, operatingSystem, facts.osName ?? 'linux');
  if (facts.kernelVersion !== undefined) builder.set(row, kernelVersion, facts.kernelVersion);
  if (facts.uptimeSeconds !== undefined) builder.set(row, uptimeSeconds, facts.uptimeSeconds);
  for (const network of localNetworkTexts(scan)) builder.set(row, localNetworks, network);
  for (const address of scan.namespaces[0]?.network.addresses ?? []) {
    if (!scan.pool.isLoopback(address)) builder.set(row, hostAddresses, scan.pool.text(address));
  }
  reportMetric(builder, row, HOST_CPU, facts.cpuPercent, 100);
  reportMetric(builder, row, HOST_MEMORY, facts.memoryUsedBytes, facts.memory?.totalBytes ?? 0);
  reportMetric(builder, row, LOAD_1, facts.load1, facts.processors);
  return builder.build();
}

/** Every network that hangs on this machine, in whichever namespace: an address in one is not the Internet's. */
function localNetworkTexts(scan: Scan): ReadonlySet<string> {
  const texts = new Set(['127.0.0.0/8', '::1/128']);
  for (const namespace of scan.namespaces) {
    for (const network of namespace.network.networks) {
      if (network.prefixLength >= leastPrefixLength) texts.add(networkText(network, scan.pool));
    }
  }
  return texts;
}
