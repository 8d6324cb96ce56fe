import { asNodeId, type NodeSummary } from '@ridgeline/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawMap } from '../src/map/draw-map.ts';
import { assignLayers, assignRows, orderLayers } from '../src/map/layers.ts';
import { displayWidth } from '../src/terminal/display-width.ts';
import { plainStyle } from '../src/terminal/style.ts';
import { node } from './snapshots.ts';

const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 4 }), { minLength: size, maxLength: size }),
  );

function draw(
  edges: Readonly<Record<string, readonly string[]>>,
  width = 60,
  height = 20,
): readonly string[] {
  const ids = [...new Set(Object.entries(edges).flatMap(([from, to]) => [from, ...to]))];
  const nodes: readonly NodeSummary[] = ids.map((id) =>
    node(id, { adjacency: (edges[id] ?? []).map(asNodeId) }),
  );
  return drawMap(nodes, { width, height, mostNodes: 60 }, plainStyle);
}

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

describe('the map', () => {
  it('draws clients to the left of servers, with a line between', () => {
    expect(draw({ curl: ['nginx'] }, 40)).toEqual([' ▪ curl⠠⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤▸▪ nginx']);
  });

  it('keeps within its room, whatever the labels', () => {
    const lines = draw(
      { 数据库客户端程序: ['b', 'c'], b: ['一个非常长的服务名称没有尽头'], c: ['b'] },
      44,
      9,
    );
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(44);
  });

  it('draws replicas as one', () => {
    const replica = (id: string): NodeSummary => node(id, { label: 'worker', adjacency: [asNodeId('db')] });
    const lines = drawMap(
      [replica('w1'), replica('w2'), replica('w3'), node('db')],
      { width: 60, height: 10, mostNodes: 60 },
      plainStyle,
    );
    expect(lines.join('\n')).toContain('worker ×3');
  });

  it('leaves out what is not connected, and gives up where there is no room', () => {
    expect(drawMap([node('a'), node('b')], { width: 60, height: 10, mostNodes: 60 }, plainStyle)).toEqual([]);
    expect(draw({ a: ['b'] }, 10)).toEqual([]);
    expect(draw({ a: ['b'], c: ['d'], e: ['f'] }, 60, 2)).toEqual([]);
  });
});
