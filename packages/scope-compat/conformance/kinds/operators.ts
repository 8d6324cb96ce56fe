import type { ConformanceCase } from '../case.ts';
import type { ConformanceFolder, ManifestEntry } from '../folder.ts';
import { listOf, mapOf } from '../json.ts';
import { censorCases } from '../operators/censor.ts';
import { collectorCases } from '../operators/collector.ts';
import { filterCases } from '../operators/filters.ts';
import { labelFilterCases } from '../operators/label-filters.ts';
import { linkCases } from '../operators/links.ts';
import { primitiveCases } from '../operators/primitives.ts';
import { reduceMapCases } from '../operators/reduce-map.ts';
import { tableCases } from '../operators/tables.ts';

/** Parts of the engine one by one; what a file is about shows in what is in it. */
export function operatorCases(folder: ConformanceFolder, entry: ManifestEntry): readonly ConformanceCase[] {
  const file = mapOf(folder.read(entry.file));
  const first = mapOf(listOf(file.cases)[0]);
  const cases: ConformanceCase[] = [
    ...filterCases(entry, file),
    ...primitiveCases(entry, file),
    ...(first.events === undefined ? [] : collectorCases(entry, file)),
    ...(first.templates === undefined ? [] : tableCases(entry, file)),
    ...(first.op === undefined ? [] : reduceMapCases(entry, file)),
    ...(file.censor === undefined ? [] : censorCases(entry, mapOf(file.censor))),
    ...(file.links === undefined ? [] : linkCases(folder, entry, mapOf(file.links))),
    ...(file.customContainerFilters === undefined
      ? []
      : labelFilterCases(folder, entry, mapOf(file.customContainerFilters))),
  ];
  if (cases.length > 0) return cases;
  return [
    { kind: entry.kind, name: entry.name, part: '', skipped: 'no operators that are known', comparisons: [] },
  ];
}
