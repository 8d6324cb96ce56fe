import { describe, expect, it } from 'vitest';
import { ConformanceFolder } from '../conformance/folder.ts';
import { type CaseResult, casesOf, runCase } from '../conformance/run.ts';
import { selfTest } from '../conformance/self-test.ts';
import { isRecorded, recordedFolder } from './recorded-folder.ts';

describe('conformance to the original', () => {
  it.runIf(process.env.CI)('has its recorded data where nothing may be left out', () => {
    expect(isRecorded, `recorded data in ${recordedFolder}`).toBe(true);
  });

  it.skipIf(!isRecorded)(
    'passes every case',
    () => {
      const results: CaseResult[] = [];
      for (const one of casesOf(new ConformanceFolder(recordedFolder))) results.push(runCase(one));
      const failed = results.filter((result) => result.outcome === 'failed');
      const skipped = results.filter((result) => result.outcome === 'skipped');
      expect(failed).toEqual([]);
      expect(results.length).toBeGreaterThan(0);
      expect(skipped.length).toBeLessThan(results.length / 100);
      expect(skipped.every((result) => result.reason !== undefined)).toBe(true);
    },
    120_000,
  );

  it.skipIf(!isRecorded)(
    'notices changed expectations',
    () => {
      const lines: string[] = [];
      const noticed = selfTest(new ConformanceFolder(recordedFolder), {}, (line) => lines.push(line));
      expect(noticed, lines.join('\n')).toBe(true);
    },
    120_000,
  );
});
