import { join } from 'node:path';
import {
  Engine,
  noSettings,
  type Report,
  reportToJson,
  type SourceNotice,
  SymbolTable,
} from '@ridgeline/core';
import { firstValueFrom, take, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { openRecorder, type ReplayOptions, replay } from '../src/index.ts';
import { contextWith, handClock, inFolder, processReport } from './reports.ts';

interface Line {
  readonly at: number;
  readonly count: number;
  readonly source: string;
}

async function record(path: string, lines: readonly Line[], end: number): Promise<void> {
  const clock = handClock();
  const symbols = new SymbolTable();
  const recorder = await openRecorder(path, { host: 'h', ...clock });
  for (const { at, count, source } of lines) {
    clock.at = at;
    const report = processReport(symbols, { to: clock.now(), count });
    await recorder.write({ source, host: 'h' }, report, 1000);
  }
  clock.at = end;
  await recorder.close();
}

function play(options: Partial<ReplayOptions> & { file: string }, notices: SourceNotice[] = []) {
  return replay.connect({ speed: 'max', loop: false, ...options }, contextWith(notices));
}

const describeReport = ({ origin, window, topologies }: Report) => ({
  source: origin?.source,
  to: window.to - 1_700_000_000_000,
  size: topologies.get('process')?.size ?? 0,
});

describe('a replay', () => {
  it('gives reports under their origins, with their windows, and then completes', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'two.rgl');
      await record(
        file,
        [
          { at: 1000, count: 2, source: 'procfs' },
          { at: 1500, count: 1, source: 'other' },
          { at: 2000, count: 3, source: 'procfs' },
        ],
        2000,
      );
      const reports = await firstValueFrom(play({ file }).pipe(toArray()));
      expect(reports.map(describeReport)).toEqual([
        { source: 'procfs', to: 1000, size: 2 },
        { source: 'other', to: 1500, size: 1 },
        { source: 'procfs', to: 2000, size: 3 },
      ]);
    }));

  it('leaves an engine with the very report that was live', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'same.rgl');
      const lines = [1, 2, 3, 4, 5].flatMap((second) => [
        { at: second * 1000, count: 10 - second, source: 'procfs' },
        { at: second * 1000 + 1, count: second, source: 'other' },
      ]);
      await record(file, lines, 5001);
      const live = new Engine({ plugins: [], settings: noSettings });
      const clock = handClock();
      for (const { at, count, source } of lines) {
        clock.at = at;
        const report = processReport(live.symbols, { to: clock.now(), count });
        live.ingest({ source, host: 'h' }, report, 1000, { now: clock.now(), monotonic: at });
      }
      const again = new Engine({ plugins: [], settings: noSettings });
      for (const report of await firstValueFrom(play({ file }).pipe(toArray()))) {
        again.ingest(report.origin as never, report, 1000, { now: 0, monotonic: 0 });
      }
      expect(JSON.stringify(reportToJson(again.report))).toBe(JSON.stringify(reportToJson(live.report)));
    }));

  it('keeps the pace of the recording, by the factor it is given', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'pace.rgl');
      await record(
        file,
        [0, 1000, 2000].map((at) => ({ at, count: 1, source: 'procfs' })),
        2000,
      );
      const start = performance.now();
      const times = await firstValueFrom(play({ file, speed: 20 }).pipe(toArray())).then(
        () => performance.now() - start,
      );
      expect(times).toBeGreaterThanOrEqual(99);
    }));

  it('empties the slot of an origin that an engine would have dropped', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'silent.rgl');
      await record(
        file,
        [
          { at: 1000, count: 4, source: 'other' },
          ...[2000, 9000, 17_000].map((at) => ({ at, count: 2, source: 'procfs' })),
        ],
        17_000,
      );
      const reports = await firstValueFrom(play({ file }).pipe(toArray()));
      expect(reports.map(describeReport)).toEqual([
        { source: 'other', to: 1000, size: 4 },
        { source: 'procfs', to: 2000, size: 2 },
        { source: 'procfs', to: 9000, size: 2 },
        { source: 'other', to: 1001, size: 0 },
        { source: 'procfs', to: 17_000, size: 2 },
      ]);
    }));

  it('goes round with windows that do not run backwards', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'loop.rgl');
      await record(
        file,
        [1000, 2000].map((at) => ({ at, count: 1, source: 'procfs' })),
        2000,
      );
      const reports = await firstValueFrom(play({ file, loop: true }).pipe(take(6), toArray()));
      expect(reports.map((report) => report.window.to - 1_700_000_000_000)).toEqual([
        1000, 2000, 4000, 5000, 7000, 8000,
      ]);
    }));

  it('is cold, and reads nothing more once it is left', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'later.rgl');
      const reports$ = play({ file, speed: 1 });
      await record(
        file,
        [0, 3_600_000].map((at) => ({ at, count: 1, source: 'procfs' })),
        3_600_000,
      );
      const first = await firstValueFrom(reports$);
      expect(describeReport(first).size).toBe(1);
    }));

  it('tells of a torn end, and of a file that is none of ours', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'torn.rgl');
      const recorder = await openRecorder(file, { host: 'h', ...handClock() });
      await recorder.write(
        { source: 'procfs', host: 'h' },
        processReport(new SymbolTable(), { to: 1, count: 1 }),
        1000,
      );
      const notices: SourceNotice[] = [];
      await firstValueFrom(play({ file }, notices).pipe(toArray()));
      expect(notices.at(-1)).toEqual({
        state: 'degraded',
        message: 'the recording was cut off after 1 whole report: the file ends there',
      });
      await recorder.close();
      await expect(firstValueFrom(play({ file: join(folder, 'none') }))).rejects.toMatchObject({
        code: 'ENOENT',
      });
    }));
});
