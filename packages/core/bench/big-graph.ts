import {
  asNodeId,
  makeReport,
  numberAttribute,
  type Report,
  SymbolTable,
  TopologyBuilder,
  textAttribute,
} from '@ridgeline/core';
import { seededRandom } from '@ridgeline/testkit';

/** How large the benches' graph is. */
export const endpoints = 100_000;
export const edges = 200_000;
const groups = 2_000;

export const groupKey = textAttribute('group');
export const pidKey = numberAttribute('pid');
export const hostKey = textAttribute('host');

/** An endpoint as both the columns and the oracle are given it. */
export interface EndpointFacts {
  readonly id: string;
  readonly group: string;
  readonly pid: string;
  readonly host: string;
  readonly to: readonly number[];
}

/** 100,000 endpoints in 2,000 groups, 200,000 edges between any two. Equal for every run. */
export function makeFacts(): readonly EndpointFacts[] {
  const random = seededRandom(20_26);
  const to: number[][] = Array.from({ length: endpoints }, () => []);
  for (let e = 0; e < edges; e++) to[random.below(endpoints)]?.push(random.below(endpoints));
  return to.map((targets, i) => ({
    id: flat(`;10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255};${32_768 + (i % 28_000)}`),
    group: `group-${random.below(groups)}`,
    pid: String(1000 + random.below(4000)),
    host: `host-${random.below(50)}`,
    to: targets,
  }));
}

/** A text in one piece: a text of pieces is joined when it is first read, which would be weighed with whoever does. */
function flat(text: string): string {
  return Buffer.from(text).toString();
}

/** The facts as a report, written as a source writes one. */
export function makeColumns(facts: readonly EndpointFacts[]): Report {
  const symbols = new SymbolTable();
  const builder = new TopologyBuilder('endpoint', symbols, 0);
  for (const { id, group, pid, host, to } of facts) {
    const row = builder.row(asNodeId(id));
    builder.set(row, groupKey, group);
    builder.set(row, pidKey, Number(pid));
    builder.set(row, hostKey, host);
    for (const target of to) builder.edge(row, asNodeId((facts[target] as EndpointFacts).id));
  }
  return makeReport({ symbols, window: { from: 0, to: 1 }, topologies: [builder.build()] });
}

/** A value and when it was seen. */
export interface MapValue {
  readonly value: string;
  readonly at: number;
}

/** A node of the oracle: what a report of maps and sets holds of it. */
export interface MapNode {
  readonly id: string;
  /** By key: the value, and when it was seen. */
  readonly latest: Map<string, MapValue>;
  readonly adjacency: Set<string>;
}

/** The facts as maps and sets of texts. The texts are made anew, so that memory is not shared with the columns. */
export function makeMaps(facts: readonly EndpointFacts[]): Map<string, MapNode> {
  const ids = facts.map(({ id }) => flat(id));
  const nodes = new Map<string, MapNode>();
  facts.forEach(({ group, pid, host, to }, i) => {
    const id = ids[i] as string;
    nodes.set(id, {
      id,
      latest: new Map([
        ['group', { value: group, at: 0 }],
        ['pid', { value: pid, at: 0 }],
        ['host', { value: host, at: 0 }],
      ]),
      adjacency: new Set(to.map((target) => ids[target] as string)),
    });
  });
  return nodes;
}
