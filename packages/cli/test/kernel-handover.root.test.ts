import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { factOf, type Picture, Pictures } from './pictures.ts';
import { startClient, startServer } from './python-peer.ts';
import { inFolder, startCli } from './run-cli.ts';

const isLedByEbpf = (picture: Picture): boolean =>
  picture.sources.some(({ name, state }) => name === 'ebpf' && state === 'running') &&
  factOf(picture, 'procfs', 'tcp') === 'listening';

it(
  'connections stay in the view through procfs when the reader of kernel events is killed, and none is a ghost',
  () =>
    inFolder(async (folder) => {
      const config = join(folder, 'ridgeline.config.json');
      await writeFile(config, JSON.stringify({ sources: { procfs: { share: 1 } } }));
      const server = await startServer('tcp', '127.0.0.1', []);
      const client = await startClient('tcp', '127.0.0.1', server.port, []);
      const view = startCli(['view', 'processes', '--watch', '--format', 'json', '--config', config]);
      try {
        const pictures = new Pictures(view);
        const from = `${hostname()};${client.child.pid}`;
        const to = `${hostname()};${server.child.pid}`;
        const hasEdge = ({ nodes }: Picture): boolean =>
          nodes.some(({ id, adjacency }) => id === from && adjacency.includes(to));

        const first = await pictures.find(
          'eBPF leads',
          0,
          (picture) => isLedByEbpf(picture) && hasEdge(picture),
        );
        const reader = factOf(pictures.all[first], 'ebpf', 'readerPid') as number;
        process.kill(reader, 'SIGKILL');
        const again = await pictures.find(
          'it is restarted, and leads again',
          first + 1,
          (picture) => isLedByEbpf(picture) && factOf(picture, 'ebpf', 'readerPid') !== reader,
        );
        const second = factOf(pictures.all[again], 'ebpf', 'readerPid') as number;
        process.kill(second, 'SIGKILL');
        const fallen = await pictures.find('it falls back', again, ({ sources }) =>
          sources.some(({ name, message }) => name === 'ebpf' && message?.includes('died twice in a minute')),
        );
        const taken = await pictures.find(
          'procfs takes over',
          fallen,
          (picture) => factOf(picture, 'procfs', 'tcp') === 'all',
        );
        // Two reports of each source later nothing of eBPF is left.
        await pictures.find('time has passed', taken + 8, () => true);
        expect(pictures.all.slice(first).map(hasEdge)).not.toContain(false);

        await client.end();
        const gone = await pictures.find('the connection ends', taken, (picture) => !hasEdge(picture));
        await pictures.find('time has passed', gone + 4, () => true);
        expect(pictures.all.slice(gone).some(hasEdge)).toBe(false);
        for (const pid of [reader, second]) expect(existsSync(`/proc/${pid}`)).toBe(false);
      } finally {
        view.child.kill('SIGINT');
        await Promise.all([view.ended, client.end(), server.end()]);
      }
    }),
  60_000,
);
