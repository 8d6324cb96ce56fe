import { SymbolTable } from '@ridgeline/core';
import { decodeScopeReport, ReportCollector } from '@ridgeline/scope-compat';
import { hostId } from '@ridgeline/vocabulary';
import type { Comparison, ConformanceCase } from '../case.ts';
import type { ManifestEntry } from '../folder.ts';
import { type Json, type JsonMap, listOf, mapOf, textOf } from '../json.ts';

/** Reports that come in at some times, and what is there at others. */
export function collectorCases(entry: ManifestEntry, file: JsonMap): readonly ConformanceCase[] {
  return listOf(file.cases).map((item, i): ConformanceCase => {
    const one = mapOf(item);
    const events = listOf(one.events).map(mapOf);
    const comparisons = events.flatMap((event, e): readonly Comparison[] => {
      if (event.query !== true) return [];
      const at = `${entry.file}:/cases/${i}/events/${e}`;
      const found = (): Answer => replay(one, events.slice(0, e + 1));
      return [
        { at: `${at}/expectHosts`, expected: event.expectHosts ?? [], actual: () => found().hosts },
        {
          at: `${at}/expectHasReports`,
          expected: event.expectHasReports ?? null,
          actual: () => found().hasReports,
        },
      ];
    });
    return { kind: 'operators', name: entry.name, part: textOf(one.name), comparisons };
  });
}

interface Answer {
  readonly hosts: readonly Json[];
  readonly hasReports: boolean;
}

/** Plays the events and answers the last one; queries before it count, too, for they merge what they find. */
function replay(one: JsonMap, events: readonly JsonMap[]): Answer {
  const symbols = new SymbolTable();
  const collector = new ReportCollector(symbols, Number(one.windowSeconds) * 1000);
  let answer: Answer = { hosts: [], hasReports: false };
  for (const event of events) {
    const at = Number(event.at) * 1000;
    if (event.query !== true) {
      collector.add(decodeScopeReport(reportOfHost(textOf(event.add)), symbols), at);
      continue;
    }
    const hosts = collector.report(at).topologies.get('host');
    const ids = hosts === undefined ? [] : [...hosts.ids].map((id) => symbols.text(id));
    answer = {
      hosts: ids.map((id) => hostId.decode(id)?.[0] ?? id).sort(),
      hasReports: collector.hasReports(at),
    };
  }
  return answer;
}

function reportOfHost(name: string): unknown {
  const id = hostId.encode(name);
  return { Host: { nodes: { [id]: { id, topology: 'host' } } } };
}
