import type { Row, Topology } from '@ridgeline/core';
import type { ConformanceCase } from '../case.ts';
import type { ConformanceFolder, ManifestEntry } from '../folder.ts';
import { mapOf } from '../json.ts';
import { adjacencyForm } from '../node-form.ts';
import { sessionOf } from '../session-cache.ts';
import { partOf, variantsOf } from './variants.ts';

/** The grouped container views, whose filters act on containers before they are grouped. */
export function siteCases(folder: ConformanceFolder, entry: ManifestEntry): readonly ConformanceCase[] {
  const file = mapOf(folder.read(entry.file));
  return Object.entries(mapOf(file.topologies)).flatMap(([view, topology]) =>
    variantsOf(mapOf(topology)).map(({ options, at, expected }): ConformanceCase => {
      return {
        kind: 'site',
        name: entry.name,
        view,
        part: partOf(view, options),
        comparisons: [
          {
            at: `${entry.file}:/topologies/${view}${at}`,
            expected,
            actual: () => {
              const session = sessionOf(folder, entry.input ?? '');
              const { topology: shown, ledger } = session.render(session.request(view, options));
              const { total, filtered, orphaned, members } = ledger;
              return {
                total,
                shown: ledger.shown,
                filtered,
                orphaned,
                members: { total: members?.total, kept: members?.shown },
                adjacency: adjacencyForm(shown),
                containers: containersOf(shown),
              };
            },
            options: { ignoreKey: (key, path) => path === '' && key === 'options' },
          },
        ],
      };
    }),
  );
}

/** The container members of each node that has any. */
function containersOf(topology: Topology): Record<string, readonly string[]> {
  const containers: Record<string, readonly string[]> = {};
  const { members } = topology;
  for (let row = 0; row < topology.size; row++) {
    const ids: string[] = [];
    for (let m = members.start[row] as number; m < (members.start[row + 1] as number); m++) {
      const from = members.tables[members.table[m] as number] as Topology;
      const at = members.row[m] as Row;
      if (from.kindOf(at) === 'container') ids.push(from.idOf(at));
    }
    if (ids.length > 0) containers[topology.idOf(row)] = ids.sort();
  }
  return containers;
}
