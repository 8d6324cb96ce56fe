import { gzipSync } from 'node:zlib';
import { isEqual, RidgelineError, SymbolTable } from '@ridgeline/core';
import { decodeScopeReport, mergeScopeReports, ReportDecoder, reportToJson } from '@ridgeline/scope-compat';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { MsgpackEncoder } from './msgpack-encoder.ts';
import { reportDocuments } from './report-arbitrary.ts';

const numRuns = Number(process.env.LAWS_RUNS ?? 200);
const seed = process.env.LAWS_SEED === undefined ? undefined : Number(process.env.LAWS_SEED);
const parameters = { numRuns, ...(seed === undefined ? {} : { seed }) };

const read = (document: unknown): unknown => reportToJson(decodeScopeReport(document, new SymbolTable()));

describe('laws of reading reports', () => {
  it('law scope-1: decode(msgpack(r)) = decode(json(r)) = decode(r)', () => {
    fc.assert(
      fc.property(reportDocuments, (document) => {
        const parsed = read(document);
        const json = new TextEncoder().encode(JSON.stringify(document));
        const msgpack = MsgpackEncoder.encodeReport(document);
        return [json, msgpack, gzipSync(json), gzipSync(msgpack)].every((bytes) =>
          isEqual(read(bytes), parsed),
        );
      }),
      parameters,
    );
  });

  it('law scope-2: decode(encode(decode(r))) = decode(r)', () => {
    fc.assert(
      fc.property(reportDocuments, (document) => {
        const once = read(document);
        return isEqual(read(once), once);
      }),
      parameters,
    );
  });

  it('law scope-3: a decoder that has read other reports reads the next one as a new one does', () => {
    fc.assert(
      fc.property(fc.array(reportDocuments, { minLength: 1, maxLength: 4 }), (documents) => {
        const decoder = new ReportDecoder();
        const symbols = new SymbolTable();
        return documents.every((document) => {
          const bytes = MsgpackEncoder.encodeReport(document);
          return isEqual(reportToJson(decoder.decode(bytes, symbols)), read(bytes));
        });
      }),
      parameters,
    );
  });

  it('law scope-4: whatever bytes come, a report or an error with its place: never a hang, never another throw', () => {
    fc.assert(
      fc.property(
        reportDocuments,
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 }),
        fc.nat(),
        (document, edits, cut) => {
          const bytes = MsgpackEncoder.encodeReport(document);
          for (const [at, byte] of edits) bytes[at % bytes.length] = byte;
          const damaged = bytes.subarray(0, cut % 3 === 0 ? cut % bytes.length : bytes.length);
          try {
            decodeScopeReport(damaged, new SymbolTable());
            return true;
          } catch (error) {
            return error instanceof RidgelineError && error.code === 'BAD_REPORT';
          }
        },
      ),
      parameters,
    );
  });

  it('law scope-5: a node is half-known in a join when it is so in all that have it', () => {
    fc.assert(
      fc.property(fc.array(reportDocuments, { minLength: 1, maxLength: 3 }), (documents) => {
        const symbols = new SymbolTable();
        const reports = documents.map((document) => decodeScopeReport(document, symbols));
        const merged = mergeScopeReports(symbols, reports);
        for (const [name, topology] of merged.report.topologies) {
          for (const id of topology.ids) {
            const having = reports.filter((r) => (r.report.topologies.get(name)?.rowOfSymbol(id) ?? -1) >= 0);
            const expected = having.every((r) => r.halfKnown.get(name)?.has(id) === true);
            if ((merged.halfKnown.get(name)?.has(id) === true) !== expected) return false;
          }
        }
        return true;
      }),
      parameters,
    );
  });
});
