// A crowd of 200 processes that hold 10,000 sockets, in a network and pid namespace of its own where that is allowed, and the
// measures taken amid it. Started by procfs.bench.ts; ends with it, and everything in the crowd ends with this process.
import { spawn, spawnSync } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { SymbolTable } from '@ridgeline/core';
import { procfs, runAtOnce, Scanner } from '@ridgeline/source-procfs';

const servers = 4;
const clients = 195;
const connectionsEach = 26;
const expectedSockets = 2 * clients * connectionsEach;

/** A server that keeps what it accepts; ends with its input. */
const server = `
const server = require('node:net').createServer((socket) => { socket.on('error', () => {}); keep.push(socket); });
const keep = [];
server.listen(0, '127.0.0.1', 4096, () => console.log(server.address().port));
process.stdin.on('end', () => process.exit()).resume();
`;

/** @type {import('node:child_process').ChildProcess[]} */
const crowd = [];

/** @returns {Promise<string>} its port */
function startServer() {
  const child = spawn(process.execPath, ['-e', server], { stdio: ['pipe', 'pipe', 'inherit'] });
  crowd.push(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.stdout.once('data', (data) => resolve(String(data).trim()));
  });
}

/** @param {string} port */
function startClient(port) {
  // The shell becomes `cat`, small and asleep, which keeps the shell's connections and ends with its input.
  const script = `for ((i = 0; i < ${connectionsEach}; i++)); do exec {fd}<>/dev/tcp/127.0.0.1/${port}; done; exec cat`;
  crowd.push(spawn('bash', ['-c', script], { stdio: ['pipe', 'ignore', 'inherit'] }));
}

async function gather() {
  spawnSync('ip', ['link', 'set', 'lo', 'up']);
  const ports = await Promise.all(Array.from({ length: servers }, startServer));
  for (let index = 0; index < clients; index++) startClient(ports[index % servers] ?? '');
  for (let attempt = 0; attempt < 600; attempt++) {
    const scan = scanOnce();
    if (scan.sockets >= expectedSockets && scan.unattributed === 0) return scan;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the crowd did not come together within a minute');
}

/** CPU time of one full scan by a scanner that knows nothing yet, pacing off. */
function scanOnce() {
  const scanner = new Scanner({ root: '/proc', etc: '/etc' });
  const before = process.cpuUsage();
  const scan = runAtOnce(scanner.scan(Date.now(), performance.now()));
  const { user, system } = process.cpuUsage(before);
  if (scan === undefined) throw new Error('/proc cannot be listed');
  return {
    millis: (user + system) / 1000,
    processes: scan.processes.length,
    sockets: scan.sockets.size,
    unattributed: scan.gaps.unattributedSockets,
  };
}

/** CPU time of `ss -tunap`, as its shell counts it. */
function ssOnce() {
  const { stdout, error } = spawnSync('bash', ['-c', 'ss -tunap > /dev/null && times'], { encoding: 'utf8' });
  const times = [...(stdout ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60_000 + Number(seconds) * 1000,
  );
  if (times.length !== 4) throw error ?? new Error(`ss -tunap did not run: ${stdout}`);
  return { millis: (times[2] ?? 0) + (times[3] ?? 0) };
}

/** How long the event loop is held at p99 while the source scans at its pace, reports and all. */
async function watchLoop() {
  const symbols = new SymbolTable();
  /** @type {import('@ridgeline/core').SourceNotice[]} */
  const notices = [];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const reports = procfs.connect(
    { root: '/proc', every: 1000, share: 0.1 },
    {
      host: 'bench',
      now: Date.now,
      monotonic: () => performance.now(),
      symbols: () => symbols,
      notify: (notice) => notices.push(notice),
    },
  );
  delay.enable();
  await new Promise((resolve, reject) => {
    let left = 5;
    const subscription = reports.subscribe({
      next: () => {
        if (--left > 0) return;
        subscription.unsubscribe();
        resolve(undefined);
      },
      error: reject,
    });
  });
  delay.disable();
  return {
    millis: delay.percentile(99) / 1e6,
    maxMillis: delay.max / 1e6,
    facts: notices.at(-1)?.facts,
  };
}

const measures = { gather, scan: scanOnce, ss: ssOnce, loop: watchLoop };

process.on('disconnect', () => process.exit());
process.on('message', async (/** @type {keyof typeof measures} */ name) => {
  try {
    process.send?.({ value: await measures[name]() });
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});
