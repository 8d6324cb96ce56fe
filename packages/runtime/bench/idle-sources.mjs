// One way of looking at the machine, in a process of its own, for sources.bench.ts: prints a line of JSON when it has a whole
// picture, and one at each line of input. Ends with its input.

import { factAt, readNode } from '@ridgeline/core';
import {
  conntrackPlugin,
  createRidgeline,
  ebpfPlugin,
  procfsPlugin,
  viewingPlugins,
} from '@ridgeline/runtime';
import { createProcfs } from '@ridgeline/source-procfs';
import { pid, processName } from '@ridgeline/vocabulary';
import { of } from 'rxjs';

const [way, crowd] = process.argv.slice(2);
const members = new Set(crowd.split(','));
const every = 1000;
// A share of 1: whoever is to be compared at one interval must keep to it.
const scan = procfsPlugin({ every, share: 1 });

const sources = {
  polling: () => [scan],
  kernel: () => [scan, ebpfPlugin({ mode: 'require', every }), conntrackPlugin({ every })],
  // What both of them do for processes and the host, and nothing for connections.
  processes: () => {
    const def = createProcfs({ tcpDemand$: of('listening') });
    const [use] = scan.contributions.sources;
    return [{ ...scan, contributions: { sources: [{ ...use, def }] } }];
  },
};

const ridgeline = createRidgeline({ plugins: [...viewingPlugins(), ...sources[way]()] });
const status = (name) => ridgeline.engine.sources.find((source) => source.name === name);

const isReady = () =>
  ridgeline.engine.registry.sources.every(({ def }) => status(def.name)?.reports > 1) &&
  status('procfs').facts.tcp === (way === 'polling' ? 'all' : 'listening');

/** Connections in the evidence of edges whose two ends are of processes of the crowd. */
const connectionsIn = (endpoints) => {
  const { open, symbols } = endpoints;
  const teller = way === 'kernel' ? 'ebpf' : 'procfs';
  const isMember = (row) => members.has(String(readNode(endpoints, row).get(pid)));
  let count = 0;
  for (let row = 0; row < endpoints.size; row++) {
    for (let at = open?.start[row] ?? 0; at < (open?.start[row + 1] ?? 0); at++) {
      const fact = open.facts && factAt(symbols, open.facts, at);
      if (fact?.source !== teller || !isMember(row)) continue;
      const to = endpoints.rowOfSymbol(open.to[at]);
      if (to >= 0 && isMember(to)) count += fact.connections;
    }
  }
  return count;
};

/** What is known of each process of the crowd. */
const factsIn = (processes) => {
  const facts = [];
  for (let row = 0; row < processes.size; row++) {
    const node = readNode(processes, row);
    if (!members.has(String(node.get(pid)))) continue;
    facts.push(
      `${node.get(processName)} ${node
        .entries()
        .map(([key]) => key)
        .join()}`,
    );
  }
  return facts;
};

const tell = () => {
  const { report } = ridgeline.engine;
  const processes = report.topologies.get('process');
  const line = {
    processes: processes.size,
    connections: connectionsIn(report.topologies.get('endpoint')),
    reader: status('ebpf')?.facts?.readerPid,
    crowd: factsIn(processes),
    lost: report.lost,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

let isTold = false;
ridgeline.changes$.subscribe(() => {
  if (isTold || !isReady()) return;
  isTold = true;
  setImmediate(tell);
});
ridgeline.start();
process.stdin.on('data', tell);
process.stdin.on('end', () => ridgeline.stop());
