import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { factOf, type Picture, Pictures } from './pictures.ts';
import { inFolder, type Running, startCli } from './run-cli.ts';

/** More than a ring of 64 KiB holds: three records each at least, 136 bytes a record. */
const STORM = 400;

/** Keeps its first connection until its other end closes, and closes all others. */
const SERVER = `
import socket, threading
s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(1024); print(s.getsockname()[1], flush=True)
first, _ = s.accept()
threading.Thread(target=lambda: (first.recv(1), first.close()), daemon=True).start()
while True: s.accept()[0].close()
`;

/** Connects and stays; at each line of input does the next thing: a storm, then the end of the connection, but not of itself. */
const CLIENT = `
import socket, sys
port = int(sys.argv[1])
s = socket.create_connection(('127.0.0.1', port)); print('connected', flush=True)
sys.stdin.readline()
for i in range(${STORM}): socket.create_connection(('127.0.0.1', port)).close()
s.close(); print('closed', flush=True)
sys.stdin.read()
`;

/** A Python program, the lines it prints, and its end. */
function startPython(program: string, ...args: readonly string[]) {
  const child = spawn('python3', ['-c', program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    line: async (): Promise<string> => String((await lines.next()).value),
    end: async (): Promise<void> => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const WHAT = 'events (the ring was full)';

/** The reader of kernel events of a command: its only child. */
const readerOf = ({ child: { pid } }: Running): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);

const lostIn = ({ ledger }: Picture): number =>
  ledger.lost.find(({ source, what }) => source === 'ebpf' && what === WHAT)?.count ?? 0;

it(
  'a ring of 64 KiB that runs over: the loss is counted in status, ledger and lines, and the picture heals',
  () =>
    inFolder(async (folder) => {
      const config = join(folder, 'ridgeline.config.json');
      const ebpf = { ringBytes: 65_536, snapshotEvery: 3_600_000 };
      await writeFile(config, JSON.stringify({ sources: { ebpf, procfs: { share: 1 } } }));
      const server = startPython(SERVER);
      const client = startPython(CLIENT, await server.line());
      const view = startCli(['view', 'processes', '--watch', '--format', 'json', '--config', config]);
      const up = startCli(['up', '--no-server', '--config', config]);
      try {
        expect(await client.line()).toBe('connected');
        const pictures = new Pictures(view);
        const [from, to] = [`${hostname()};${client.child.pid}`, `${hostname()};${server.child.pid}`];
        const hasEdge = ({ nodes }: Picture): boolean =>
          nodes.some(({ id, adjacency }) => id === from && adjacency.includes(to));
        const isLedByEbpf = (picture: Picture): boolean => factOf(picture, 'procfs', 'tcp') === 'listening';

        const first = await pictures.find('the edge', 0, (one) => isLedByEbpf(one) && hasEdge(one));
        expect(lostIn(pictures.all[first] as Picture)).toBe(0);
        await up.written(new RegExp(`^\\S+ \\+ ${from} → ${to} `, 'm'));

        // The readers are held up, as on a machine that is busy elsewhere.
        const readers = [view, up].map(readerOf);
        for (const reader of readers) process.kill(reader, 'SIGSTOP');
        client.child.stdin.write('go\n');
        expect(await client.line()).toBe('closed');
        for (const reader of readers) process.kill(reader, 'SIGCONT');

        const after = await pictures.find('the loss', first, (one) => lostIn(one) > 0);
        const healed = await pictures.find('the healing', after, (one) => !hasEdge(one));
        const picture = pictures.all[healed] as Picture;
        // No reader was started anew: it is the snapshot that healed.
        expect(factOf(picture, 'ebpf', 'readerPid')).toBe(readers[0]);
        expect(factOf(picture, 'ebpf', 'lostEvents')).toBe(lostIn(picture));
        expect(factOf(picture, 'ebpf', 'snapshots')).toBeGreaterThan(1);
        expect(isLedByEbpf(picture)).toBe(true);

        await up.written(/^\S+ ! lost, not hidden: [\d,]+ events \(the ring was full\) \(ebpf on /m);
        await up.written(new RegExp(`^\\S+ - ${from} → ${to} `, 'm'));
      } finally {
        for (const command of [view, up]) command.child.kill('SIGINT');
        await Promise.all([view.ended, up.ended, client.end(), server.end()]);
      }
    }),
  60_000,
);
