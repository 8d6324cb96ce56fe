import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildObject, findClang } from '../scripts/build-bpf.mjs';
import { CHAINS } from '../src/attach-chain.ts';
import { parseBpfObject } from '../src/bpf-object.ts';
import { COUNTERS, RECORD_BYTES, RECORD_KINDS } from '../src/record-layout.ts';

const FILE = readFileSync(new URL('../bpf/ridgeline.bpf.o', import.meta.url));
const HEADER = readFileSync(new URL('../bpf/record.h', import.meta.url), 'utf8');
const CLANG_MAJOR = 14;

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

it('the object file is what its source compiles to', ({ skip }) => {
  const clang = findClang();
  if (clang?.major !== CLANG_MAJOR) {
    const lack = `clang ${CLANG_MAJOR} is not here (found: ${clang?.major ?? 'none'}), so the object was not rebuilt`;
    if (process.env.CI === 'true' && clang !== undefined) console.error(`\n*** ${lack}\n`);
    skip(lack);
    return;
  }
  expect(hash(buildObject(clang))).toBe(hash(FILE));
});

it('the object holds every program of the chains, and the maps', () => {
  const { programs, maps, license } = parseBpfObject(FILE);
  for (const { rungs } of CHAINS) {
    for (const { programs: names } of rungs) {
      for (const name of names) expect(programs.get(name)?.instructions.length).toBeGreaterThan(0);
    }
  }
  expect(license).toBe('Dual MIT/GPL');
  expect(maps).toEqual([
    { name: 'owners', type: 1, keyBytes: 8, valueBytes: 40, maxEntries: 65536, flags: 0 },
    { name: 'events', type: 27, keyBytes: 0, valueBytes: 0, maxEntries: 1 << 23, flags: 0 },
    { name: 'flows', type: 9, keyBytes: 8, valueBytes: 16, maxEntries: 16384, flags: 0 },
    { name: 'counters', type: 6, keyBytes: 4, valueBytes: 8, maxEntries: COUNTERS, flags: 0 },
  ]);
});

it('the layout of a record is that of the header', () => {
  expect(HEADER).toContain(`/* ${RECORD_BYTES} bytes */`);
  for (const [number, kind] of RECORD_KINDS.entries()) {
    if (kind === undefined) continue;
    const name = `RECORD_${kind.toUpperCase().replaceAll('-', '_')} = ${number}`;
    expect(HEADER).toContain(name);
  }
});
