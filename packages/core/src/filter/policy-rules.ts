import type { TopologyName } from '../ids/node-id.ts';
import type { Sym } from '../ids/symbol-table.ts';
import type { NodeReader } from '../model/node-reader.ts';
import type { Topology } from '../model/topology.ts';

/** What a node says of others, in words by which they are known. */
export type ReadWords = (node: NodeReader) => readonly string[];

/**
 * One way in which nodes belong to others. A node of `topology` that names owners goes when some of them are hidden and
 * none is left; also when none is reported, where the policy may hide such owners: what nothing is known of is not shown.
 */
export interface Belonging {
  /** Left out: any topology. */
  readonly topology?: TopologyName;
  readonly to: TopologyName;
  /** What the node calls its owners. */
  readonly owners: ReadWords;
  /** In place of {@link owners}, for tables with many rows: one for each row, as a symbol; negative for none. */
  readonly ownerColumn?: (topology: Topology) => Int32Array;
  /** What an owner is called; default: its id. */
  readonly names?: ReadWords;
  /** What it says need not be an owner: an address may be anybody's. Owners that no one reports count for nothing then. */
  readonly isGuess?: boolean;
}

/** Nodes that are told of only while one of theirs is: an image while a container is made of it. */
export interface Keeping {
  readonly topology: TopologyName;
  readonly member: TopologyName;
  /** What the member calls the nodes that it keeps: ids. */
  readonly owners: ReadWords;
}

/** A key whose value speaks of another node, and goes unless that node is visible. */
export interface Reference {
  readonly topology: TopologyName;
  readonly key: string;
  readonly to: TopologyName;
  /** The id that the value stands for; left out: the value. */
  readonly idOf?: (node: NodeReader, value: string) => string;
}

/** What a policy must know of topologies, beside the parents that nodes name. */
export interface PolicyRules {
  readonly belongings: readonly Belonging[];
  /** By topology: the addresses of a node; DNS names are told of addresses that visible nodes have. */
  readonly addresses: ReadonlyMap<TopologyName, ReadWords>;
  /** By topology: the hosts that a node is, as losses and sources name them. */
  readonly hosts: ReadonlyMap<TopologyName, ReadWords>;
  /** By topology: whether a node may stand alone. One that may not goes unless it has an edge to or from a visible one. */
  readonly standsAlone?: ReadonlyMap<TopologyName, (node: NodeReader) => boolean>;
  readonly keepings?: readonly Keeping[];
  readonly references?: readonly Reference[];
  /** Keys that speak of nobody knows whom, such as counts of all peers; with `*` at the end all that begin so. */
  readonly untold?: readonly { readonly topology?: TopologyName; readonly key: string }[];
  /** By topology: what is made of it before anything else, such as the owners of copies. */
  readonly prepare?: ReadonlyMap<TopologyName, (topology: Topology) => Topology>;
}

/** What rows say in words, as sparse rows of symbols. */
export interface Words {
  /** Length rows + 1. */
  readonly start: Uint32Array;
  readonly word: Int32Array;
}

/** The words of all rows of a topology. Words are interned: those of owners and of names meet. */
export function wordsOf(topology: Topology, read: (row: number) => readonly string[]): Words {
  const start = new Uint32Array(topology.size + 1);
  const word: Sym[] = [];
  for (let row = 0; row < topology.size; row++) {
    for (const text of read(row)) word.push(topology.symbols.intern(text));
    start[row + 1] = word.length;
  }
  return { start, word: Int32Array.from(word) };
}

/** A column as words: one for each row that has any. */
export function columnWords(column: Int32Array): Words {
  const start = new Uint32Array(column.length + 1);
  const word = new Int32Array(column.length);
  let end = 0;
  for (let row = 0; row < column.length; row++) {
    if ((column[row] as number) >= 0) word[end++] = column[row] as number;
    start[row + 1] = end;
  }
  return { start, word: word.subarray(0, end) };
}

/** The parents of one topology that rows name. */
export function parentWords(topology: Topology, to: TopologyName): Words {
  const start = new Uint32Array(topology.size + 1);
  const { parents } = topology.columns;
  const kind = topology.symbols.find(to);
  if (kind < 0 || parents.key.length === 0) return { start, word: new Int32Array(0) };
  const word: Sym[] = [];
  for (let row = 0; row < topology.size; row++) {
    const at = topology.columnRowOf(row);
    const end = at < 0 ? 0 : (parents.start[at + 1] as number);
    for (let e = at < 0 ? 0 : (parents.start[at] as number); e < end; e++) {
      if (parents.key[e] === kind) word.push(parents.value[e] as Sym);
    }
    start[row + 1] = word.length;
  }
  return { start, word: Int32Array.from(word) };
}
