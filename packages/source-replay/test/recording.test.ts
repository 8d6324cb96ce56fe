import { copyFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { reportToJson, SymbolTable } from '@ridgeline/core';
import { describe, expect, it } from 'vitest';
import {
  isRecording,
  openRecorder,
  type RecordedReport,
  type Recorder,
  readRecording,
} from '../src/index.ts';
import { handClock, inFolder, processReport } from './reports.ts';

const origin = { source: 'procfs', host: 'h' };

async function record(path: string, counts: readonly number[], close = true): Promise<Recorder> {
  const clock = handClock();
  const symbols = new SymbolTable();
  const recorder = await openRecorder(path, { host: 'h', ...clock });
  for (const count of counts) {
    clock.at += 1000;
    await recorder.write(origin, processReport(symbols, { to: clock.now(), count }), 1000);
  }
  expect(recorder.reports).toBe(counts.length);
  if (close) await recorder.close();
  return recorder;
}

async function readAll(path: string): Promise<{ reports: RecordedReport[]; torn?: string; at: number }> {
  const reports: RecordedReport[] = [];
  const entries = readRecording(path);
  for (;;) {
    const next = await entries.next();
    if (next.done === true) {
      const { torn, at } = next.value;
      return { reports, at, ...(torn === undefined ? {} : { torn }) };
    }
    reports.push(next.value);
  }
}

describe('a recording', () => {
  it('gives back each report as it was, with its time, its interval and its origin', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'all.rgl');
      await record(path, [3, 40, 0]);
      const { reports, torn, at } = await readAll(path);
      expect(torn).toBeUndefined();
      expect(at).toBe(3000);
      const symbols = new SymbolTable();
      expect(reports).toEqual(
        [3, 40, 0].map((count, i) => ({
          at: (i + 1) * 1000,
          interval: 1000,
          report: JSON.parse(
            JSON.stringify(
              reportToJson(processReport(symbols, { to: 1_700_000_001_000 + i * 1000, count, origin })),
            ),
          ),
        })),
      );
    }));

  it('is JSON lines in one brotli stream, with a mark at its head', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'all.rgl');
      await record(path, [2, 2]);
      const text = brotliDecompressSync(await readFile(path)).toString();
      const lines = text.trimEnd().split('\n');
      expect(lines).toHaveLength(4);
      expect(lines[0]).toBe('{"ridgeline":"recording","version":1,"started":1700000000000,"host":"h"}');
      expect(JSON.parse(lines[3] as string)).toEqual({ end: true, at: 2000 });
      await writeFile(join(folder, 'plain.ndjson'), text);
      expect((await readAll(join(folder, 'plain.ndjson'))).reports).toHaveLength(2);
    }));

  it('that was never closed reads back whole, and says that it was cut off', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'open.rgl');
      const recorder = await record(path, [3, 3, 3], false);
      // What a process leaves behind that is killed here: each report is with the operating system.
      await copyFile(path, join(folder, 'copy.rgl'));
      const { reports, torn, at } = await readAll(join(folder, 'copy.rgl'));
      expect(reports).toHaveLength(3);
      expect(at).toBe(3000);
      expect(torn).toBe('the recording was cut off after 3 whole reports: the file ends there');
      await recorder.close();
    }));

  it('cut at any byte gives the whole reports before the cut and no error', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'all.rgl');
      await record(path, [5, 5, 5]);
      const bytes = await readFile(path);
      let most = 0;
      for (let length = bytes.length - 1; length > 0; length -= 7) {
        const cut = join(folder, 'cut.rgl');
        await writeFile(cut, bytes);
        await truncate(cut, length);
        if (!(await isRecording(cut))) {
          await expect(readAll(cut)).rejects.toThrow('is no recording');
          continue;
        }
        const { reports, torn } = await readAll(cut);
        // Only bytes after the last line may be missed without anyone's knowing.
        if (torn === undefined) expect(reports).toHaveLength(3);
        else expect(torn).toContain(`cut off after ${reports.length} whole`);
        expect(reports.map((entry) => entry.at)).toEqual([1000, 2000, 3000].slice(0, reports.length));
        most = Math.max(most, reports.length);
      }
      expect(most).toBe(3);
    }));

  it('with a damaged tail gives what comes before it', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'all.rgl');
      const counts = Array.from({ length: 60 }, (_, i) => 200 + i);
      const recorder = await record(path, counts, false);
      const whole = await readFile(path);
      await recorder.close();
      await writeFile(path, Buffer.concat([whole, Buffer.alloc(4096, 0xff)]));
      const { reports, torn } = await readAll(path);
      // A piece of 1024 bytes with a fault in it gives nothing.
      expect(reports.length).toBeGreaterThan(60 * (1 - 2048 / whole.length));
      expect(reports.map((entry) => Object.keys(entry.report.topologies.process ?? {}).length)).toEqual(
        counts.slice(0, reports.length),
      );
      expect(torn).toMatch(/cut off after \d+ whole reports: the bytes after it are damaged/);
    }));

  it('does not replace a file unless it is told to', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'all.rgl');
      await record(path, [1]);
      const clock = handClock();
      await expect(openRecorder(path, { host: 'h', ...clock })).rejects.toMatchObject({ code: 'EEXIST' });
      const recorder = await openRecorder(path, { host: 'h', ...clock, overwrite: true });
      await recorder.close();
      expect((await readAll(path)).reports).toEqual([]);
    }));

  it('fails with the error of the file when there is no room', async () => {
    const recorder = openRecorder('/dev/full', { host: 'h', ...handClock(), overwrite: true });
    const failed = recorder.then(async (open) => {
      // The header may still be on its way: the next words, or closing, tell.
      await open.write(origin, processReport(new SymbolTable(), { to: 1, count: 1 }), 1000);
      await open.close();
    });
    await expect(failed).rejects.toMatchObject({ code: 'ENOSPC' });
  });

  it('is told from other files', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'other.json');
      for (const text of ['{"version":1}', '', 'not JSON', '{"ridgeline":"recording","version":9}\n']) {
        await writeFile(path, text);
        await expect(readAll(path)).rejects.toMatchObject({ code: 'BAD_REPORT' });
      }
      expect(await isRecording(path)).toBe(true);
    }));
});
