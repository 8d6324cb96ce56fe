import { edgeWeights, Interpreter, type Report, restrict, type Topology } from '@ridgeline/core';
import { law, layerEnvironment, plans, reports } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';

/** What a row stands for, by topology and id. */
function leavesOf(topology: Topology, row: number): ReadonlySet<string> {
  const { start, table, row: rows, tables } = topology.members;
  const leaves = new Set([`${topology.kindOf(row)}|${topology.idOf(row)}`]);
  for (let m = start[row] as number; m < (start[row + 1] as number); m++) {
    const from = tables[table[m] as number] as Topology;
    leaves.add(`${from.kindOf(rows[m] as number)}|${from.idOf(rows[m] as number)}`);
  }
  return leaves;
}

/** The weights by the definition: each edge against each reported edge. */
function naiveWeights(topology: Topology, report: Report): readonly number[] {
  const weights: number[] = [];
  for (let from = 0; from < topology.size; from++) {
    const tails = leavesOf(topology, from);
    for (let e = topology.out.start[from] as number; e < (topology.out.start[from + 1] as number); e++) {
      const heads = leavesOf(topology, topology.out.to[e] as number);
      let weight = 0;
      for (const [kind, reported] of report.topologies) {
        const { open, size, symbols } = reported;
        if (open === undefined) continue;
        for (let tail = 0; tail < size; tail++) {
          if (!tails.has(`${kind}|${reported.idOf(tail)}`)) continue;
          for (let edge = open.start[tail] as number; edge < (open.start[tail + 1] as number); edge++) {
            if (!heads.has(`${kind}|${symbols.text(open.to[edge] as number)}`)) continue;
            const { facts } = open;
            const seen =
              facts === undefined
                ? []
                : [...facts.connections.subarray(facts.start[edge], facts.start[edge + 1])];
            weight += Math.max(1, ...seen);
          }
        }
      }
      weights.push(weight === 0 ? 1 : weight);
    }
  }
  return weights;
}

describe('the weights of edges', () => {
  law(
    { test: it },
    'D17',
    'the weight of an edge: the connections of the reported edges behind it, each once',
    [plans(), reports({ topologies: ['endpoint', 'process'] }), fc.array(fc.boolean())],
    ({ plan }, report, keeps) => {
      const topology = new Interpreter(layerEnvironment).interpret(plan, report);
      const kept = Uint8Array.from({ length: topology.size }, (_, row) => (keeps[row] === false ? 0 : 1));
      return [topology, restrict(topology, kept)].every(
        (subject) => [...edgeWeights(subject, report)].join() === naiveWeights(subject, report).join(),
      );
    },
  );
});
