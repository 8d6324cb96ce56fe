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
import { of } from 'rxjs';

const [way, crowd] = process.argv.slice(2);
const every = 1000;
const WITH_TRACEFS = [
  'unshare',
  '--mount',
  'sh',
  '-c',
  'mount -t tracefs tracefs /sys/kernel/tracing; exec "$0" "$@"',
];
// A share of 1: whoever is to be compared at one interval must keep to it.
const scan = procfsPlugin({ every, share: 1 });

const sources = {
  polling: () => [scan],
  kernel: () => [
    scan,
    ebpfPlugin({ mode: 'require', every, wrapper: WITH_TRACEFS }),
    conntrackPlugin({ every }),
  ],
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

const connectionsIn = ({ open, symbols }) => {
  const teller = way === 'kernel' ? 'ebpf' : 'procfs';
  let count = 0;
  for (let at = 0; at < (open?.facts?.source.length ?? 0); at++) {
    const fact = factAt(symbols, open.facts, at);
    if (fact.source === teller) count += fact.connections;
  }
  return count;
};

const tell = () => {
  const { report } = ridgeline.engine;
  const processes = report.topologies.get('process');
  const rows = Array.from({ length: processes.size }, (_, at) => at);
  const node = readNode(
    processes,
    rows.find((row) => processes.idOf(row).endsWith(`;${crowd}`)),
  );
  const line = {
    processes: processes.size,
    connections: connectionsIn(report.topologies.get('endpoint')),
    reader: status('ebpf')?.facts?.readerPid,
    crowd: node.entries().map(([key]) => key),
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
