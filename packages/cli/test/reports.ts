import { makeReport, reportToJson, SymbolTable, TopologyBuilder } from '@ridgeline/core';
import { endpointId, hostId, hostNodeId, pid as pidOf, processId, processName } from '@ridgeline/vocabulary';

/** A report of a client, a server and an idle process on host `h`, as JSON. */
export function clientAndServer(): string {
  const symbols = new SymbolTable();
  const at = 1_700_000_000_000;
  const processes = new TopologyBuilder('process', symbols, at);
  for (const [pid, name] of [
    ['10', 'server'],
    ['20', 'client'],
    ['30', 'idle'],
  ] as const) {
    const row = processes.row(processId.encode('h', pid));
    processes.set(row, processName, name);
    processes.set(row, hostNodeId, hostId.encode('h'));
  }
  const endpoints = new TopologyBuilder('endpoint', symbols, at);
  const server = endpoints.row(endpointId.encode('h', '127.0.0.1', '80'));
  endpoints.set(server, pidOf, '10');
  endpoints.set(server, hostNodeId, hostId.encode('h'));
  const client = endpoints.row(endpointId.encode('h', '127.0.0.1', '50000'));
  endpoints.set(client, pidOf, '20');
  endpoints.set(client, hostNodeId, hostId.encode('h'));
  endpoints.edge(client, endpointId.encode('h', '127.0.0.1', '80'));
  const report = makeReport({
    symbols,
    origin: { source: 'test', host: 'h' },
    window: { from: at - 1000, to: at },
    topologies: [processes.build(), endpoints.build()],
  });
  return JSON.stringify(reportToJson(report));
}
