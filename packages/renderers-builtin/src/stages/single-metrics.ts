import {
  type DecoratePlan,
  decorate,
  type Plan,
  type Row,
  readNode,
  type Topology,
  type TopologyName,
} from '@ridgeline/core';
import { DOCKER_CPU, DOCKER_MEMORY, doesNotMakeConnections } from '@ridgeline/vocabulary';

/** Gives a node the metrics of its only member of a topology; members that only lend their address do not count. */
export function singleMetrics(of: Plan, topology: TopologyName): DecoratePlan {
  return decorate(of, {
    name: `metrics of a single ${topology}`,
    // And whatever else a plugin measures of containers.
    writes: [DOCKER_CPU, DOCKER_MEMORY],
    by: (_, input) => {
      const kind = input.symbols.find(topology);
      const { start, table, row: rows, tables } = input.members;
      return (_node, write, row) => {
        let only: { readonly from: Topology; readonly row: Row } | undefined;
        const end = start[row + 1] as number;
        for (let m = start[row] as number; m < end; m++) {
          const from = tables[table[m] as number] as Topology;
          const member = rows[m] as Row;
          if (from.kindSymbol(member) !== kind) continue;
          if (readNode(from, member).raw(doesNotMakeConnections.key) !== undefined) continue;
          if (only !== undefined) return;
          only = { from, row: member };
        }
        if (only !== undefined) write.copyMetrics(only.from, only.row);
      };
    },
  });
}
