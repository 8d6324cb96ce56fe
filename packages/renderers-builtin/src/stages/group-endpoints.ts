import {
  type GroupContext,
  type GroupPlan,
  group,
  join,
  keying,
  NONE,
  type NodeReader,
  type Placement,
  PSEUDO,
  type Row,
  type Sym,
  select,
  type Topology,
  type TopologyName,
} from '@ridgeline/core';
import { endpointColumns, translatedEndpoints } from '@ridgeline/vocabulary';
import { pseudoNodesOf } from '../endpoints/pseudo-nodes.ts';

const endpoints = translatedEndpoints;

/** Puts an endpoint that stands for the Internet or a known service under that pseudo node. */
function placePseudo({ input, render }: GroupContext): (row: Row, place: Placement) => boolean {
  const pseudoNodes = pseudoNodesOf(input, render);
  const pseudo = input.symbols.intern(PSEUDO);
  return (row, place) => {
    const id = pseudoNodes[row] as Sym;
    if (id === NONE) return false;
    place.under(id, pseudo);
    return true;
  };
}

/**
 * Endpoints under the reported nodes of a topology, found by a column of their ids; nodes that are not reported
 * are made. Endpoints outside become pseudo nodes; the rest is dropped.
 */
export function groupEndpoints(into: TopologyName, idsOf: (endpoints: Topology) => Int32Array): GroupPlan {
  return group(endpoints, {
    onto: select(into),
    into,
    by: keying((context) => {
      const before = placePseudo(context);
      const ids = idsOf(context.input);
      return (row, place) => {
        if (before(row, place)) return;
        const id = ids[row] as Sym;
        if (id !== NONE) place.under(id);
      };
    }),
    members: 'direct',
    counted: false,
    selfLoops: 'keep',
    yields: { makes: [into], passesRows: false },
  });
}

/**
 * Endpoints under the reported nodes of a topology by address, or by address and port.
 *
 * @param keys - what a node is found by: `scope;address;` for all ports, `scope;address;port` for one; a key of two
 *   nodes finds neither
 */
export function joinEndpoints(into: TopologyName, keys: (node: NodeReader) => readonly string[]): GroupPlan {
  return join(endpoints, {
    onto: select(into),
    into,
    keys,
    // An endpoint's id is its address with its port; that of a UDP endpoint has one part more and is no key.
    lookups: (input) => [endpointColumns(input).prefix, input.ids],
    before: placePseudo,
    yields: { makes: [], passesRows: false },
  });
}
