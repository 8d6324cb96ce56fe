import type { TopologyName } from '../ids/node-id.ts';
import type { Sym } from '../ids/symbol-table.ts';
import { readNode } from '../model/node-reader.ts';
import type { Report } from '../model/report.ts';
import type { Topology } from '../model/topology.ts';
import type { Belonging } from './policy.ts';

/** What a policy hides of a report. */
export interface Hidden {
  /** By topology: the ids, as symbols; only topologies that lose any. */
  readonly ids: ReadonlyMap<TopologyName, ReadonlySet<Sym>>;
  readonly keeps: (topology: Topology, row: number) => boolean;
}

/** What nodes are called as owners of others. */
interface Names {
  /** Those of nodes that stay. */
  readonly left: Set<string>;
  readonly gone: Set<string>;
}

/**
 * The nodes that match, and those that belong to nodes that are all hidden, until no more are found: a name that is only
 * borne by what is hidden never becomes visible again, so the rounds end.
 *
 * @param match - one byte a row for each filter of a topology, 1 where it hides
 */
export function findHidden(
  report: Report,
  belongings: readonly Belonging[],
  match: (topology: Topology) => readonly Uint8Array[],
): Hidden {
  const ids = new Map<TopologyName, Set<Sym>>();
  const hide = (topology: Topology, row: number): void => {
    const known = ids.get(topology.name);
    if (known === undefined) ids.set(topology.name, new Set([topology.ids[row] as Sym]));
    else known.add(topology.ids[row] as Sym);
  };
  const keeps = (topology: Topology, row: number): boolean =>
    ids.get(topology.name)?.has(topology.ids[row] as Sym) !== true;

  for (const topology of report.topologies.values()) {
    for (const matched of match(topology)) {
      for (let row = 0; row < topology.size; row++) if (matched[row] === 1) hide(topology, row);
    }
  }
  let found = ids.size > 0;
  while (found) {
    found = false;
    for (const belonging of [...belongings, ...parentsOf(report)]) {
      const names = namesOf(report, belonging, keeps);
      if (names.gone.size === 0) continue;
      for (const topology of report.topologies.values()) {
        if (belonging.topology !== undefined && belonging.topology !== topology.name) continue;
        for (let row = 0; row < topology.size; row++) {
          if (!keeps(topology, row)) continue;
          const owners = belonging.owners(readNode(topology, row));
          if (!owners.some((owner) => names.gone.has(owner))) continue;
          if (owners.some((owner) => names.left.has(owner))) continue;
          hide(topology, row);
          found = true;
        }
      }
    }
  }
  return { ids, keeps };
}

/** Nodes belong to their parents. */
function parentsOf(report: Report): readonly Belonging[] {
  return [...report.topologies.keys()].map((to) => ({ to, owners: (node) => node.parents(to) }));
}

function namesOf(
  report: Report,
  { to, names }: Belonging,
  keeps: (topology: Topology, row: number) => boolean,
): Names {
  const found: Names = { left: new Set(), gone: new Set() };
  const owners = report.topologies.get(to);
  for (let row = 0; owners !== undefined && row < owners.size; row++) {
    const into = keeps(owners, row) ? found.left : found.gone;
    for (const name of names?.(readNode(owners, row)) ?? [owners.idOf(row)]) into.add(name);
  }
  return found;
}
