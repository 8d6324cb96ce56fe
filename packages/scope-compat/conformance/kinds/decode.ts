import { SymbolTable } from '@ridgeline/core';
import { decodeScopeReport, reportToJson, withBuiltInLooks } from '@ridgeline/scope-compat';
import type { ConformanceCase } from '../case.ts';
import type { ConformanceFolder, ManifestEntry } from '../folder.ts';
import { mapOf, textOf } from '../json.ts';
import { reportOptions } from '../report-options.ts';

/** Bodies of real probes, and what is in them. */
export function decodeCases(folder: ConformanceFolder, entry: ManifestEntry): readonly ConformanceCase[] {
  const file = mapOf(folder.read(entry.file));
  return [
    {
      kind: 'decode',
      name: entry.name,
      part: '',
      comparisons: [
        {
          at: '/expect',
          expected: file.expect ?? null,
          actual: () => {
            const body = new Uint8Array(folder.raw(textOf(file.msgpack)));
            const scope = decodeScopeReport(body, new SymbolTable());
            return reportToJson({ ...scope, report: withBuiltInLooks(scope.report) });
          },
          options: reportOptions({ ignore: ['ID'] }),
        },
      ],
    },
  ];
}
