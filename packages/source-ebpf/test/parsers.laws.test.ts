import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBpfObject } from '../src/bpf-object.ts';
import { BpfObjectError } from '../src/bpf-object-error.ts';
import { Btf } from '../src/btf.ts';
import { createResolver, readCoreRelocations } from '../src/core-relocation.ts';
import { createRecordDecoder } from '../src/decode-record.ts';
import { parseElf } from '../src/elf.ts';
import { fitProgram, shapeOf } from '../src/fit-program.ts';
import { RECORD_BYTES } from '../src/record-layout.ts';
import { fuzzRuns } from './law-runs.ts';

const OBJECT = readFileSync(new URL('../bpf/ridgeline.bpf.o', import.meta.url));
const section = (name: string): Buffer => {
  const found = parseElf(OBJECT).sections.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no section ${name}`);
  return found.data;
};
const BTF = section('.BTF');
const EXT = section('.BTF.ext');

/** A few bytes changed, in words that hurt, and sometimes the end cut off. Places near the beginning, where headers are, come often. */
function mutations(length: number): fc.Arbitrary<(bytes: Buffer) => Buffer> {
  const place = fc.oneof(fc.nat(Math.min(length - 1, 96)), fc.nat(length - 1));
  const value = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255));
  const change = fc.tuple(place, value, fc.constantFrom(1, 1, 2, 4, 8));
  return fc
    .record({
      changes: fc.array(change, { minLength: 1, maxLength: 12 }),
      keep: fc.option(fc.nat(length), { freq: 4 }),
    })
    .map(({ changes, keep }) => (bytes: Buffer) => {
      const mutated = Buffer.from(bytes);
      for (const [at, byte, width] of changes) mutated.fill(byte, at, Math.min(at + width, length));
      return keep === null ? mutated : mutated.subarray(0, keep);
    });
}

/** Bytes in the middle of a larger buffer, whose surroundings must not be read: a neighbour that is seen changes the outcome. */
function amidst(bytes: Buffer, neighbour: number): Buffer {
  const larger = Buffer.alloc(bytes.length + 64, neighbour);
  bytes.copy(larger, 32);
  return larger.subarray(32, 32 + bytes.length);
}

/** What came of it, comparable; an error of another kind is a failure of the law. */
function outcomeOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    if (error instanceof BpfObjectError) return `${error.code} ${error.message}`;
    throw error;
  }
}

const isFault = (outcome: unknown, code: string): boolean =>
  typeof outcome === 'string' && outcome.startsWith(code);

function walkBtf(btf: Btf): unknown {
  const seen: unknown[] = [];
  for (let id = 0; id < Math.min(btf.size, 400); id++) {
    seen.push(
      outcomeOf(() => [btf.kind(id), btf.name(id), btf.sizeOf(id)]),
      outcomeOf(() => (btf.isComposite(id) ? [btf.members(id).length, btf.findMember(id, 'skc_state')] : 0)),
    );
  }
  seen.push(outcomeOf(() => btf.find(15, '.maps').map((id) => btf.variables(id))));
  return seen;
}

describe('parsers on mutated bytes', () => {
  it('law P1: parseElf(mutated) = typed error, or sections inside of the bytes', () => {
    fc.assert(
      fc.property(mutations(OBJECT.length), (mutate) => {
        const bytes = mutate(OBJECT);
        const outcome = outcomeOf(() => {
          const elf = parseElf(bytes);
          return elf.sections.map(({ index, data }) => [data.length, elf.relocationsOf(index).length]);
        });
        if (typeof outcome === 'string') return isFault(outcome, 'ELF_MALFORMED');
        return (outcome as number[][]).every(([length = 0]) => length <= bytes.length);
      }),
      fuzzRuns(10_000),
    );
  }, 60_000);

  it('law P2: Btf(mutated) = typed error, or every type is walked to an end, the same whatever lies around the bytes', () => {
    fc.assert(
      fc.property(mutations(BTF.length), (mutate) => {
        const bytes = mutate(BTF);
        const walk = (neighbour: number) => outcomeOf(() => walkBtf(new Btf(amidst(bytes, neighbour))));
        const outcome = walk(0);
        if (typeof outcome === 'string') return isFault(outcome, 'BTF_MALFORMED');
        return JSON.stringify(outcome) === JSON.stringify(walk(0xff));
      }),
      fuzzRuns(10_000),
    );
    fc.assert(
      fc.property(mutations(BTF.length), (mutate) => {
        const outcome = outcomeOf(() => new Btf(mutate(BTF)).size);
        return typeof outcome === 'number' || isFault(outcome, 'BTF_MALFORMED');
      }),
      fuzzRuns(10_000),
    );
  }, 60_000);

  it('law P3: relocations(mutated) = typed error, or relocations with types and names', () => {
    const btf = new Btf(BTF);
    fc.assert(
      fc.property(mutations(EXT.length), (mutate) => {
        const outcome = outcomeOf(() => readCoreRelocations(mutate(EXT), btf).size);
        return typeof outcome === 'number' || isFault(outcome, 'BTF_MALFORMED');
      }),
      fuzzRuns(10_000),
    );
  }, 60_000);

  it('law P4: the whole loader up to the kernel, on a mutated object = typed error, or fitted programs of unchanged length', () => {
    const kernelBtf = new Btf(BTF); // the object's own types serve as a kernel that has them all
    fc.assert(
      fc.property(mutations(OBJECT.length), (mutate) => {
        const outcome = outcomeOf(() => {
          const object = parseBpfObject(mutate(OBJECT));
          const resolve = createResolver(object.btf, kernelBtf);
          const fds = new Map(object.maps.map(({ name }, index) => [name, index + 3]));
          return [...object.programs.values()].map((program) => {
            const fitted = outcomeOf(() => fitProgram(program, fds, resolve).instructions.length);
            outcomeOf(() => shapeOf(program, kernelBtf));
            return typeof fitted === 'string' || fitted === program.instructions.length;
          });
        });
        return typeof outcome === 'string' || (outcome as boolean[]).every(Boolean);
      }),
      fuzzRuns(1_500),
    );
  }, 120_000);

  it('law P5: decode(run of any bytes) = typed error, or one record for each stride with finite numbers', () => {
    const decoder = createRecordDecoder();
    const anything = fc.uint8Array({ maxLength: 4 * RECORD_BYTES, size: 'max' });
    const whole = fc
      .array(fc.uint8Array({ minLength: RECORD_BYTES, maxLength: RECORD_BYTES }), { maxLength: 3 })
      .map((records) => {
        for (const record of records) {
          record[60] = 1 + ((record[60] ?? 0) % 8);
          record[63] = (record[63] ?? 0) % 4;
          record.set([6, 0], 124);
        }
        return Uint8Array.from(records.flatMap((record) => [...record]));
      });
    fc.assert(
      fc.property(
        fc.oneof(anything, whole),
        fc.constantFrom('packed' as const, 'ring' as const),
        (run, framing) => {
          const records: unknown[] = [];
          const bytes = amidst(Buffer.from(run), 0xff);
          const outcome = outcomeOf(() =>
            decoder.decode(bytes, framing, (record) => {
              records.push(record);
              for (const value of Object.values(record)) {
                if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
              }
            }),
          );
          if (outcome !== undefined) return isFault(outcome, 'RECORD_MALFORMED');
          return records.length === bytes.length / (framing === 'ring' ? RECORD_BYTES + 8 : RECORD_BYTES);
        },
      ),
      fuzzRuns(10_000),
    );
  }, 60_000);
});
