import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignLayers, assignRows, orderLayers } from '../../src/paint/terminal-layers.ts';

const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 4 }), { minLength: size, maxLength: size }),
  );

describe('layers', () => {
  it('lead from client to server', () => {
    expect(assignLayers([[1, 2], [2], [], []])).toEqual([0, 1, 2, 0]);
  });

  it('survive circles, and nodes that talk to themselves', () => {
    expect(assignLayers([[1], [2], [0]])).toEqual([0, 1, 2]);
    expect(assignLayers([[0]])).toEqual([0]);
  });

  it('hold every node once, on rows of its own', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const layers = assignLayers(graph);
        const columns = orderLayers(graph, layers);
        expect(columns.flat().sort((a, b) => a - b)).toEqual(graph.map((_, index) => index));
        const tallest = Math.max(...columns.map((column) => column.length));
        for (const height of [tallest, tallest * 2 - 1]) {
          const rows = assignRows(graph, columns, height);
          for (const column of columns) {
            const used = column.map((index) => rows[index] as number);
            expect(new Set(used).size).toBe(used.length);
            for (const row of used) expect(row).toBeGreaterThanOrEqual(0);
            for (const row of used) expect(row).toBeLessThan(height);
          }
        }
      }),
    );
  });

  it('lead to the right, but for edges that close a circle', () => {
    const acyclic = graphs.map((graph) => graph.map((targets, from) => targets.filter((to) => to > from)));
    fc.assert(
      fc.property(acyclic, (graph) => {
        const layers = assignLayers(graph);
        for (const [from, targets] of graph.entries()) {
          for (const to of targets) expect(layers[to]).toBeGreaterThan(layers[from] as number);
        }
      }),
    );
  });
});
