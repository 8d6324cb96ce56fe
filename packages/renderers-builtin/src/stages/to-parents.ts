import {
  decodeGatheringId,
  type GroupContext,
  type GroupPlan,
  gatheringId,
  group,
  keying,
  NONE,
  type Placement,
  type Plan,
  PSEUDO,
  type Row,
  readNode,
  type Sym,
  type Topology,
  type TopologyName,
} from '@ridgeline/core';
import { hostPartOf } from '@ridgeline/vocabulary';

/** How {@link toParents} gathers. */
export interface ParentOptions {
  /** What gathers nodes without a parent, by host: `unmanaged`; left out: they are dropped. */
  readonly without?: string;
}

/** Nodes under all their parents of some topologies; parents that are not reported are made. */
export function toParents(
  of: Plan,
  topologies: readonly [TopologyName, ...TopologyName[]],
  { without }: ParentOptions = {},
): GroupPlan {
  return group(of, {
    into: topologies[0],
    by: keying((context) => placeUnderParents(context, topologies, without)),
    selfLoops: 'keep',
    yields: { makes: topologies, passesRows: false },
  });
}

function placeUnderParents(
  { input }: GroupContext,
  topologies: readonly TopologyName[],
  without: string | undefined,
): (row: Row, place: Placement) => void {
  const { symbols } = input;
  const pseudo = symbols.intern(PSEUDO);
  const kinds = topologies.map((topology) => symbols.intern(topology));
  return (row, place) => {
    if (input.kindSymbol(row) === pseudo) {
      const gathered = without === undefined ? undefined : decodeGatheringId(input.idOf(row));
      if (without === undefined || gathered?.what !== 'uncontained') place.as();
      else place.under(symbols.intern(gatheringId(without, gathered.of)), pseudo);
      return;
    }
    let parents = 0;
    for (const kind of kinds) {
      parents += eachParent(input, row, kind, (parent) => place.under(parent, kind));
    }
    if (parents > 0 || without === undefined) return;
    place.under(symbols.intern(gatheringId(without, hostPartOf(readNode(input, row)))), pseudo);
  };
}

/** Calls `take` with the id of each parent of a topology; answers how many there are. */
export function eachParent(topology: Topology, row: Row, kind: Sym, take: (parent: Sym) => void): number {
  const at = topology.columnRowOf(row);
  if (at === NONE) return 0;
  const { start, key, value } = topology.columns.parents;
  const end = start[at + 1] as number;
  let parents = 0;
  for (let i = start[at] as number; i < end; i++) {
    if (key[i] !== kind) continue;
    take(value[i] as Sym);
    parents++;
  }
  return parents;
}
