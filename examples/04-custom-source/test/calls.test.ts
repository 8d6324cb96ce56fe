import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRidgeline } from '@ridgeline/runtime';
import { filter, firstValueFrom, map } from 'rxjs';
import { afterAll, describe, expect, it } from 'vitest';
import { calls } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'ridgeline-example-04-'));
const file = join(folder, 'calls.jsonl');
afterAll(() => rmSync(folder, { recursive: true }));

const line = (from: string, to: string): string =>
  `${JSON.stringify({ at: new Date().toISOString(), from, to, bytes: 10 })}\n`;

describe('calls', () => {
  it('shows the calls of a file, and those that are added', async () => {
    writeFileSync(file, `${line('web', 'api')}no call\n`);
    const ridgeline = createRidgeline({ plugins: [calls({ file, every: 50 })], host: 'h' });
    const shown = (size: number) =>
      firstValueFrom(
        ridgeline.changes$.pipe(
          map(() => ridgeline.render({ view: 'apps' })),
          filter(({ nodes }) => nodes.size >= size),
        ),
      );
    ridgeline.start();
    try {
      const first = await shown(2);
      expect([...first.nodes.values()].map(({ label }) => label)).toEqual(['api', 'web']);
      expect(first.ledger.lost).toEqual([
        { source: 'calls', host: 'h', what: 'lines that say no call', count: 1 },
      ]);
      appendFileSync(file, line('api', 'db'));
      const second = await shown(3);
      expect(second.nodes.get('api;<app>' as never)?.adjacency).toEqual(['db;<app>']);
    } finally {
      ridgeline.stop();
    }
  });

  it('says why, when there is no file', async () => {
    const ridgeline = createRidgeline({ plugins: [calls({ file: join(folder, 'nowhere') })], host: 'h' });
    ridgeline.start();
    try {
      const failed = await firstValueFrom(
        ridgeline.sources$.pipe(
          map((sources) => sources.find(({ state }) => state === 'failed')),
          filter((status) => status !== undefined),
        ),
      );
      expect(failed.message).toMatch(/no such file.*tried again in 1 s/);
    } finally {
      ridgeline.stop();
    }
  });
});
