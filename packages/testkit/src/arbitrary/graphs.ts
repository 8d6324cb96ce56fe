import {
  asNodeId,
  INCOMING_INTERNET,
  type Members,
  OUTGOING_INTERNET,
  PSEUDO,
  SymbolTable,
  Topology,
  TopologyBuilder,
} from '@ridgeline/core';
import * as fc from 'fast-check';
import { writeKnowledge } from '../plain/build-report.ts';
import { canonicalText } from '../plain/canonical-text.ts';
import type { PlainKnowledge } from '../plain/plain-report.ts';
import { plainKnowledge } from './reports.ts';
import { tieIds } from './ties.ts';

/** A rendered topology before it is built: nodes, some of them pseudo, and edges between any two of them. */
export interface GraphDraft {
  readonly nodes: readonly GraphDraftNode[];
  /** Indices of nodes; self-loops and opposite edges are common. */
  readonly edges: readonly (readonly [from: number, to: number])[];
}

/** A node of a {@link GraphDraft}. */
export interface GraphDraftNode {
  readonly id: string;
  readonly pseudo: boolean;
  readonly knowledge: PlainKnowledge;
  /** Rows of a topology of four members. */
  readonly members: readonly number[];
}

/** Rendered topologies: the six ids and both Internets, which are pseudo as others may be. */
export function topologies(): fc.Arbitrary<Topology> {
  return graphDrafts().map((draft) => buildGraph(draft, new SymbolTable()));
}

/** Rendered topologies before they are built. */
export function graphDrafts(): fc.Arbitrary<GraphDraft> {
  const id = fc.constantFrom<string>(...tieIds, INCOMING_INTERNET, OUTGOING_INTERNET);
  const node = fc
    .record({
      id,
      pseudo: fc.boolean(),
      knowledge: plainKnowledge(),
      members: fc.uniqueArray(fc.nat(3), { maxLength: 3 }),
    })
    .map((made) => (made.id.endsWith('theinternet') ? { ...made, pseudo: true } : made));
  return fc
    .tuple(
      fc.uniqueArray(node, { maxLength: 8, selector: (made) => made.id }),
      fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 14 }),
    )
    .map(([nodes, edges]) => ({
      nodes,
      edges: edges.filter(([from, to]) => from < nodes.length && to < nodes.length),
    }));
}

/** The rendered topology of a draft. */
export function buildGraph(draft: GraphDraft, symbols: SymbolTable): Topology {
  const builder = new TopologyBuilder('process', symbols, 0);
  draft.nodes.forEach(({ id, knowledge }) => {
    writeKnowledge(builder, builder.row(asNodeId(id)), knowledge);
  });
  for (const [from, to] of draft.edges) builder.edge(from, asNodeId((draft.nodes[to] as GraphDraftNode).id));
  const { ids, columns, open } = builder.build();
  const pseudo = symbols.intern(PSEUDO);
  const own = symbols.intern('process');
  const topology = new Topology({
    name: 'process',
    symbols,
    ids,
    kinds: Int32Array.from(draft.nodes, (node) => (node.pseudo ? pseudo : own)),
    columns,
    ...(open === undefined ? {} : { open }),
    members: buildMembers(draft, symbols),
  });
  return Object.defineProperty(topology, fc.toStringMethod, { value: () => canonicalText(draft) });
}

/** Members are four endpoints, which several nodes may share. */
function buildMembers(draft: GraphDraft, symbols: SymbolTable): Members {
  const builder = new TopologyBuilder('endpoint', symbols, 0);
  for (const id of ['e;0', 'e;1', 'e;2', 'e;3']) builder.row(asNodeId(id));
  const start = new Uint32Array(draft.nodes.length + 1);
  draft.nodes.forEach((node, i) => {
    start[i + 1] = (start[i] as number) + node.members.length;
  });
  const row = Uint32Array.from(draft.nodes.flatMap((node) => node.members));
  return { start, row, table: new Uint8Array(row.length), tables: [builder.build()] };
}
