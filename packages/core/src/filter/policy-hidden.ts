import type { TopologyName } from '../ids/node-id.ts';
import type { Sym } from '../ids/symbol-table.ts';
import { type NodeReader, readNode } from '../model/node-reader.ts';
import type { Report } from '../model/report.ts';
import type { Topology } from '../model/topology.ts';
import {
  columnWords,
  type PolicyRules,
  parentWords,
  type ReadWords,
  type Words,
  wordsOf,
} from './policy-rules.ts';

/** What a policy hides of a report. */
export interface Hidden {
  /** By topology: the ids, as symbols; only topologies that lose any. */
  readonly ids: ReadonlyMap<TopologyName, ReadonlySet<Sym>>;
  readonly keeps: (topology: Topology, row: number) => boolean;
}

/** Whether owners of a topology must be reported for what belongs to them to be shown. */
export type MustBeKnown = (topology: TopologyName) => boolean;

/** Where the owners of rows are read from. */
interface Link {
  readonly topology?: TopologyName | undefined;
  readonly to: TopologyName;
  readonly isGuess?: boolean | undefined;
  readonly names?: ReadWords | undefined;
  readonly words: (topology: Topology) => Words;
}

/**
 * Finds what is hidden: the nodes that match; those that belong to nodes that are all hidden; those that only hidden nodes
 * have to do with. Until no more are found: what is hidden never becomes visible again, so the rounds end.
 */
export class HiddenFinder {
  readonly #rules: PolicyRules;
  readonly #mustBeKnown: MustBeKnown;
  readonly #links: readonly Link[];
  readonly #keepings: readonly Link[];
  readonly #owners: Memo = new WeakMap();
  readonly #names: Memo = new WeakMap();
  readonly #parents = new Map<TopologyName, Link>();

  constructor(rules: PolicyRules, mustBeKnown: MustBeKnown) {
    this.#rules = rules;
    this.#mustBeKnown = mustBeKnown;
    this.#links = rules.belongings.map(({ topology, to, isGuess, names, owners, ownerColumn }) => ({
      topology,
      to,
      isGuess,
      names,
      words: ownerColumn === undefined ? reading(owners) : (of) => columnWords(ownerColumn(of)),
    }));
    this.#keepings = (rules.keepings ?? []).map(({ topology: to, member: topology, owners }) => ({
      topology,
      to,
      words: reading(owners),
    }));
  }

  /** @param match - one byte a row for each filter of a topology, 1 where it hides */
  find(report: Report, match: (topology: Topology) => readonly Uint8Array[]): Hidden {
    const gone = new Map<Topology, Uint8Array>();
    for (const topology of report.topologies.values()) {
      const rows = new Uint8Array(topology.size);
      for (const matched of match(topology)) {
        for (let row = 0; row < rows.length; row++) if (matched[row] === 1) rows[row] = 1;
      }
      gone.set(topology, rows);
    }
    const links = [...this.#links, ...this.#parentsIn(report)];
    let found = true;
    while (found) {
      found = false;
      for (const link of links) found = this.#follow(link, report, gone) || found;
      for (const keeping of this.#keepings) found = this.#drop(keeping, report, gone) || found;
      for (const [name, may] of this.#rules.standsAlone ?? []) {
        const topology = report.topologies.get(name);
        if (topology !== undefined) found = dropLone(topology, may, gone) || found;
      }
    }
    return hiddenOf(gone);
  }

  /** Nodes belong to their parents. */
  #parentsIn(report: Report): readonly Link[] {
    const kinds = new Set<Sym>();
    for (const { columns } of report.topologies.values())
      for (const kind of columns.parents.key) kinds.add(kind);
    const names = [...kinds].map((kind) => report.symbols.text(kind)).sort();
    return names.map((to) => {
      const link = this.#parents.get(to) ?? { to, words: (of) => parentWords(of, to) };
      this.#parents.set(to, link);
      return link;
    });
  }

  #follow(link: Link, report: Report, gone: Gone): boolean {
    const owner = report.topologies.get(link.to);
    const isStrict = link.isGuess !== true && this.#mustBeKnown(link.to);
    if (!isStrict && (owner === undefined || !isAnyGone(gone.get(owner)))) return false;
    const { left, lost } = this.#namesOf(link, owner, gone);
    let found = false;
    for (const topology of report.topologies.values()) {
      if (link.topology !== undefined && link.topology !== topology.name) continue;
      const { start, word } = remember(this.#owners, link, topology, link.words);
      const rows = gone.get(topology) as Uint8Array;
      for (let row = 0; row < rows.length; row++) {
        const end = start[row + 1] as number;
        if (rows[row] === 1 || start[row] === end) continue;
        let isLeft = false;
        let isLost = isStrict;
        for (let w = start[row] as number; w < end; w++) {
          if (left.has(word[w] as Sym)) isLeft = true;
          else if (lost.has(word[w] as Sym)) isLost = true;
        }
        if (isLeft || !isLost) continue;
        rows[row] = 1;
        found = true;
      }
    }
    return found;
  }

  /** Hides what no visible member keeps. */
  #drop(keeping: Link, report: Report, gone: Gone): boolean {
    const kept = report.topologies.get(keeping.to);
    if (kept === undefined) return false;
    const named = new Set<Sym>();
    const member = report.topologies.get(keeping.topology as TopologyName);
    if (member !== undefined) {
      const { start, word } = remember(this.#owners, keeping, member, keeping.words);
      const rows = gone.get(member) as Uint8Array;
      for (let row = 0; row < rows.length; row++) {
        if (rows[row] === 1) continue;
        for (let w = start[row] as number; w < (start[row + 1] as number); w++) named.add(word[w] as Sym);
      }
    }
    const rows = gone.get(kept) as Uint8Array;
    let found = false;
    for (let row = 0; row < rows.length; row++) {
      if (rows[row] === 1 || named.has(kept.ids[row] as Sym)) continue;
      rows[row] = 1;
      found = true;
    }
    return found;
  }

  #namesOf(
    link: Link,
    owner: Topology | undefined,
    gone: Gone,
  ): { readonly left: ReadonlySet<Sym>; readonly lost: ReadonlySet<Sym> } {
    const left = new Set<Sym>();
    const lost = new Set<Sym>();
    if (owner === undefined) return { left, lost };
    const { start, word } = remember(
      this.#names,
      link,
      owner,
      link.names === undefined ? (of) => columnWords(of.ids) : reading(link.names),
    );
    const rows = gone.get(owner) as Uint8Array;
    for (let row = 0; row < rows.length; row++) {
      const into = rows[row] === 1 ? lost : left;
      for (let w = start[row] as number; w < (start[row + 1] as number); w++) into.add(word[w] as Sym);
    }
    return { left, lost };
  }
}

function reading(read: ReadWords): (topology: Topology) => Words {
  return (topology) => wordsOf(topology, (row) => read(readNode(topology, row)));
}

type Gone = ReadonlyMap<Topology, Uint8Array>;

type Memo = WeakMap<Link, WeakMap<Topology, Words>>;

function remember(memo: Memo, link: Link, topology: Topology, make: (topology: Topology) => Words): Words {
  const known = memo.get(link) ?? new WeakMap<Topology, Words>();
  memo.set(link, known);
  const words = known.get(topology) ?? make(topology);
  known.set(topology, words);
  return words;
}

/** Hides what may not stand alone and has no edge to or from a visible node; answers whether there was any. */
function dropLone(topology: Topology, may: (node: NodeReader) => boolean, gone: Gone): boolean {
  const rows = gone.get(topology) as Uint8Array;
  const { start, to } = topology.out;
  const isLinked = new Uint8Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    if (rows[row] === 1) continue;
    for (let e = start[row] as number; e < (start[row + 1] as number); e++) {
      const head = to[e] as number;
      if (rows[head] === 1) continue;
      isLinked[row] = 1;
      isLinked[head] = 1;
    }
  }
  let found = false;
  for (let row = 0; row < rows.length; row++) {
    if (rows[row] === 1 || isLinked[row] === 1 || may(readNode(topology, row))) continue;
    rows[row] = 1;
    found = true;
  }
  return found;
}

function isAnyGone(rows: Uint8Array | undefined): boolean {
  return rows?.includes(1) === true;
}

function hiddenOf(gone: Gone): Hidden {
  const ids = new Map<TopologyName, Set<Sym>>();
  for (const [topology, rows] of gone) {
    if (!isAnyGone(rows)) continue;
    const own = new Set<Sym>();
    for (let row = 0; row < rows.length; row++) if (rows[row] === 1) own.add(topology.ids[row] as Sym);
    ids.set(topology.name, own);
  }
  return { ids, keeps: (topology, row) => gone.get(topology)?.[row] !== 1 };
}
