import { SymbolTable } from '@ridgeline/core';
import {
  decodeScopeReport,
  mergeScopeReports,
  reportToJson,
  upgradeReport,
  withBuiltInLooks,
} from '@ridgeline/scope-compat';
import type { Comparison, ConformanceCase } from '../case.ts';
import type { ConformanceFolder, ManifestEntry } from '../folder.ts';
import { type Json, type JsonMap, listOf, mapOf, textsOf } from '../json.ts';
import { reportOptions } from '../report-options.ts';
import { valueAt } from '../value-at.ts';

/** What ours joins in another way (a hull of windows, sampling by source) or does not have. */
const IGNORED: readonly string[] = ['Window', 'Sampling', 'ID'];

/** Reports of several probes, and what the app makes of them; in other orders it must make the same. */
export function mergeCases(folder: ConformanceFolder, entry: ManifestEntry): readonly ConformanceCase[] {
  const file = mapOf(folder.read(entry.file));
  const reports = (): readonly JsonMap[] =>
    entry.input === undefined ? listOf(file.reports).map(mapOf) : folder.reports(entry.input);
  const skip = textsOf(file.unstable);
  const options = reportOptions({ ignore: IGNORED, skip });
  const expected: Json = file.expectFixed ?? file.expect ?? null;
  const isTie = (path: string, want: unknown, got: unknown): boolean => {
    const said = reports().map((report) => valueAt(report, path));
    return said.some((value) => Object.is(value, want)) && said.some((value) => Object.is(value, got));
  };
  const inOrder: Comparison = {
    at: file.expectFixed === undefined ? '/expect' : '/expectFixed',
    expected,
    actual: () => mergeReportsInOrder(reports()),
    options: file.strict === false ? reportOptions({ ignore: IGNORED, skip, accept: isTie }) : options,
  };
  const otherOrders = orders(reports().length).map(
    (order): Comparison => ({
      at: `in the order ${order.join(', ')}`,
      get expected(): Json {
        return mergeReportsInOrder(reports()) as Json;
      },
      actual: () => mergeReportsInOrder(order.map((i) => reports()[i] as JsonMap)),
      options,
      derived: true,
    }),
  );
  return [{ kind: 'merge', name: entry.name, part: '', comparisons: [inOrder, ...otherOrders] }];
}

function mergeReportsInOrder(reports: readonly JsonMap[]): JsonMap {
  const symbols = new SymbolTable();
  const merged = mergeScopeReports(
    symbols,
    reports.map((report) => upgradeReport(decodeScopeReport(report, symbols))),
  );
  return mapOf(reportToJson({ ...merged, report: withBuiltInLooks(merged.report) }));
}

/** Other orders than the first: backwards, and each one first once. */
function orders(count: number): readonly (readonly number[])[] {
  if (count < 2) return [];
  const forwards = Array.from({ length: count }, (_, i) => i);
  const rotated = forwards
    .slice(1, 5)
    .map((first) => [...forwards.slice(first), ...forwards.slice(0, first)]);
  return [[...forwards].reverse(), ...rotated];
}
