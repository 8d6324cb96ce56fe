import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { reportToJson, SymbolTable } from '@ridgeline/core';
import { bareNode, buildReport, emptyPlainReport, fromRecording } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'ridgeline-recordings-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A report of one host, of processes. */
function reportOf(host: string, to: number, ...ids: readonly string[]) {
  const nodes = new Map(ids.map((id) => [id, bareNode]));
  const plain = { ...emptyPlainReport, window: { from: 0, to }, topologies: new Map([['process', nodes]]) };
  const report = buildReport(plain, new SymbolTable());
  return reportToJson({ ...report, origin: { source: 's', host } });
}

const lines = [
  { ridgeline: 'recording', version: 1, started: 0, host: 'h' },
  { at: 0, interval: 1000, report: reportOf('h', 1, 'h;1', 'h;2') },
  { at: 1, interval: 1000, report: reportOf('i', 2, 'i;1') },
  { at: 2, interval: 1000, report: reportOf('h', 3, 'h;3') },
].map((line) => JSON.stringify(line));

function write(name: string, bytes: string | Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

/** The sets of processes that are generated. */
function seen(file: string): ReadonlySet<string> {
  const pictures = fc.sample(fromRecording(file), { numRuns: 200, seed: 1 }).map(({ topologies }) => {
    const found = topologies.get('process');
    return Array.from({ length: found?.size ?? 0 }, (_, row) => found?.idOf(row))
      .sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1))
      .join(' ');
  });
  return new Set(pictures);
}

/** Whatever was there at one of the three instants, with any nodes left out: the newest report of each host counts. */
const expected = ['', 'h;1', 'h;2', 'h;1 h;2', 'i;1', 'h;1 i;1', 'h;2 i;1', 'h;1 h;2 i;1', 'h;3', 'h;3 i;1'];

describe('fromRecording', () => {
  it('gives what was there at any instant, with any nodes left out', () => {
    expect([...seen(write('plain.jsonl', lines.join('\n')))].sort()).toEqual([...expected].sort());
  });

  it('reads what is compressed, and what was cut off', () => {
    const packed = brotliCompressSync(`${lines.join('\n')}\n`);
    expect(seen(write('packed.rgl', packed)).size).toBe(expected.length);
    const torn = write('torn.jsonl', lines.join('\n').slice(0, -20));
    expect([...seen(torn)].some((picture) => picture.includes('h;3'))).toBe(false);
  });

  it('reads a single report, such as a saved counterexample', () => {
    const file = write('report.json', JSON.stringify(reportOf('h', 1, 'h;1'), undefined, 1));
    expect([...seen(file)].sort()).toEqual(['', 'h;1']);
  });

  it('refuses what holds no report', () => {
    expect(() => fromRecording(write('other.json', '{"a": 1}'))).toThrow(/holds no report/);
  });
});
