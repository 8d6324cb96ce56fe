import { SymbolTable, type TopologyName } from '@ridgeline/core';
import {
  completeReport,
  decodeScopeReport,
  deltaReport,
  mergeScopeReports,
  reportToJson,
  type ScopeReport,
  withBuiltInLooks,
} from '@ridgeline/scope-compat';
import type { ConformanceCase } from '../case.ts';
import type { ConformanceFolder, ManifestEntry } from '../folder.ts';
import { type Json, listOf, mapOf, textOf } from '../json.ts';
import { reportOptions } from '../report-options.ts';

/** What a probe leaves out, what it sends, and what the app makes of that. */
export function deltaCases(folder: ConformanceFolder, entry: ManifestEntry): readonly ConformanceCase[] {
  return listOf(mapOf(folder.read(entry.file)).cases).map((item, i) => {
    const file = mapOf(item);
    const expect = (key: string): { readonly at: string; readonly expected: Json } => ({
      at: `/cases/${i}/${key}`,
      expected: file[key] ?? null,
    });
    const merged = { options: reportOptions({ ignore: ['Window', 'Sampling', 'ID'] }) };
    return {
      kind: 'delta',
      name: entry.name,
      part: textOf(file.name),
      comparisons: [
        {
          ...expect('expectDelta'),
          actual: () => {
            const symbols = new SymbolTable();
            const full = decodeScopeReport(file.full, symbols);
            return reportToJson(deltaReport(full, decodeScopeReport(file.next, symbols)));
          },
          options: reportOptions({ ignore: ['ID'] }),
        },
        {
          ...expect('expectMergedFullPlusDelta'),
          actual: () => mergeDocuments([file.full, file.expectDelta]),
          ...merged,
        },
        {
          ...expect('expectLoneDeltaMerged'),
          actual: () => mergeDocuments([file.expectDelta]),
          ...merged,
        },
        { ...expect('expectDroppedFromLoneDelta'), actual: () => countDropped(file.expectDelta) },
      ],
    };
  });
}

function mergeDocuments(documents: readonly unknown[]): unknown {
  const symbols = new SymbolTable();
  const scope = mergeScopeReports(
    symbols,
    documents.map((document) => decodeScopeReport(document, symbols)),
  );
  return reportToJson({ ...scope, report: withBuiltInLooks(scope.report) });
}

function countDropped(document: unknown): Record<TopologyName, number> {
  const scope: ScopeReport = decodeScopeReport(document, new SymbolTable());
  const complete = completeReport(scope);
  const dropped: Record<TopologyName, number> = {};
  for (const [name, { size }] of scope.report.topologies) {
    const left = complete.topologies.get(name)?.size ?? 0;
    if (left < size) dropped[name] = size - left;
  }
  return dropped;
}
