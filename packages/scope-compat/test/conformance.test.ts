import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ConformanceFolder } from '../conformance/folder.ts';
import { type CaseResult, casesOf, runCase } from '../conformance/run.ts';
import { selfTest } from '../conformance/self-test.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const folder = resolve(root, process.env.RIDGELINE_CONFORMANCE ?? '../shared/conformance');
const isThere = existsSync(resolve(folder, 'manifest.json'));

if (!isThere) {
  console.warn(`conformance: LEFT OUT: there is no recorded data in ${folder} (RIDGELINE_CONFORMANCE)`);
}

describe('conformance to the original', () => {
  it.runIf(process.env.CI)('has its recorded data where nothing may be left out', () => {
    expect(isThere, `recorded data in ${folder}`).toBe(true);
  });

  it.skipIf(!isThere)(
    'passes every case',
    () => {
      const results: CaseResult[] = [];
      for (const one of casesOf(new ConformanceFolder(folder))) results.push(runCase(one));
      const failed = results.filter((result) => result.outcome === 'failed');
      const skipped = results.filter((result) => result.outcome === 'skipped');
      expect(failed).toEqual([]);
      expect(results.length).toBeGreaterThan(0);
      expect(skipped.length).toBeLessThan(results.length / 100);
      expect(skipped.every((result) => result.reason !== undefined)).toBe(true);
    },
    120_000,
  );

  it.skipIf(!isThere)(
    'notices changed expectations',
    () => {
      const lines: string[] = [];
      const noticed = selfTest(new ConformanceFolder(folder), {}, (line) => lines.push(line));
      expect(noticed, lines.join('\n')).toBe(true);
    },
    120_000,
  );
});
