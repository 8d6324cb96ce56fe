import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ReportJson, reportFromJson, SymbolTable } from '@ridgeline/core';
import { BrokenLawError, describeReport, fromRecording, rendererLaws } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { brokenTeams } from '../src/broken-teams.ts';
import { reports } from './reports.ts';

const folder = mkdtempSync(join(tmpdir(), 'ridgeline-example-06-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the laws of a renderer as a test runner would; answers which are broken. */
async function brokenLaws(): Promise<readonly BrokenLawError[]> {
  const broken: BrokenLawError[] = [];
  const tests: (() => void | Promise<void>)[] = [];
  rendererLaws(brokenTeams(), {
    test: (_, run) => tests.push(run),
    reports,
    view: 'containers',
    counterexamples: folder,
    runs: 200,
    seed: 1,
  });
  for (const run of tests) {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof BrokenLawError)) throw error;
      broken.push(error);
    }
  }
  return broken;
}

describe('broken teams', () => {
  it('are caught by the laws, with a counterexample of at most 4 nodes that can be looked at', async () => {
    const broken = await brokenLaws();
    expect(broken.map(({ law }) => law)).toContain('C2');
    for (const { message, saved } of broken) {
      const [{ file, command } = { file: '', command: '' }] = saved;
      expect(existsSync(file)).toBe(true);
      expect(command).toBe(`npx ridgeline view containers --input ${file}`);
      expect(message).toContain(command);
      const report = reportFromJson(JSON.parse(readFileSync(file, 'utf8')) as ReportJson, new SymbolTable());
      const nodes = [...describeReport(report).topologies.values()].reduce((sum, { size }) => sum + size, 0);
      expect(nodes).toBeGreaterThan(0);
      expect(nodes).toBeLessThanOrEqual(4);
    }
  });

  it('have a counterexample that a later test can start from', async () => {
    const [{ saved } = { saved: [] }] = await brokenLaws();
    const [again] = fc.sample(fromRecording(saved[0]?.file ?? ''), 1);
    expect([...(again?.topologies.keys() ?? [])]).toContain('container');
  });
});
