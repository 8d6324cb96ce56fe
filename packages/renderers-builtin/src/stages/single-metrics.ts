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

/** Gives a node the metrics of the only node of a topology that was put under it; members that only lend their address do not count. */
export function singleMetrics(of: Plan, topology: TopologyName): DecoratePlan {
  return decorate(of, {
    name: `metrics of a single ${topology}`,
    // And whatever else a plugin measures of containers.
    writes: [DOCKER_CPU, DOCKER_MEMORY],
    by: (_, input) => {
      const kind = input.symbols.find(topology);
      // Without any that is counted there is none, and members need not be looked at.
      const counted = input.counts.get(kind);
      return (_node, write, row) => {
        if (counted?.[row] === 0) return;
        let only: { readonly from: Topology; readonly row: Row } | undefined;
        let several = false;
        input.eachDirectMember(row, (from, member) => {
          if (from.kindSymbol(member) !== kind) return;
          if (readNode(from, member).raw(doesNotMakeConnections.key) !== undefined) return;
          if (only !== undefined && only.from.ids[only.row] !== from.ids[member]) several = true;
          only = { from, row: member };
        });
        if (only !== undefined && !several) write.copyMetrics(only.from, only.row);
      };
    },
  });
}
