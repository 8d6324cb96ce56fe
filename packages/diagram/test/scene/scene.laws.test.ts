import type { NodeSummary } from '@ridgeline/core/wire';
import { collapsedGroup, giveHues, hueOf, noHues, readHues, sceneOf, writeHues } from '@ridgeline/diagram';
import { law } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { it } from 'vitest';
import { pictures } from '../pictures.ts';

const options = { test: it };
const grouping = 'field:kubernetes_namespace';
const collapses = fc.subarray(['shop', 'data']).map((keys) => new Set(keys));

/** What must be drawn: the picture's edges between two of its nodes, and their connections. */
function totals(
  nodes: readonly NodeSummary[],
  counts: (from: string, to: string) => boolean,
): [number, number] {
  const here = new Set(nodes.map(({ id }) => id as string));
  let weight = 0;
  let edges = 0;
  for (const { id, adjacency, weights } of nodes) {
    adjacency.forEach((to, e) => {
      if (!here.has(to) || to === id || !counts(id, to)) return;
      weight += Math.max(1, weights?.[e] ?? 1);
      edges++;
    });
  }
  return [weight, edges];
}

function sum(list: readonly { readonly weight: number; readonly edges: number }[]): [number, number] {
  return [list.reduce((all, { weight }) => all + weight, 0), list.reduce((all, { edges }) => all + edges, 0)];
}

law(
  options,
  'V6',
  'the weights of edges and of flows add up to those of the edges they stand for',
  [pictures(), collapses],
  (nodes, collapsed) => {
    const scene = sceneOf(nodes, { grouping, collapsed });
    const groups = new Map(
      nodes.map(({ id, metadata, pseudo }) => [
        id as string,
        pseudo === true ? '' : (metadata[0]?.value ?? ''),
      ]),
    );
    const inside = (from: string, to: string): boolean =>
      groups.get(from) === groups.get(to) && collapsed.has(groups.get(from) as string);
    const between = totals(nodes, (from, to) => groups.get(from) !== groups.get(to));
    return (
      String(sum(scene.edges)) === String(totals(nodes, (from, to) => !inside(from, to))) &&
      String(sum(scene.flows)) === String(between)
    );
  },
);

law(
  options,
  'V12',
  'each node of a picture is drawn once, by itself or in a collapsed group; edges join drawn nodes, never one with itself',
  [pictures(), collapses],
  (nodes, collapsed) => {
    const { nodes: drawn, edges, groups } = sceneOf(nodes, { grouping, collapsed });
    const single = drawn.filter(({ id }) => collapsedGroup(id) === undefined);
    const piled = drawn.reduce((all, { count = 0 }) => all + count, 0);
    const ids = drawn.map(({ id }) => id);
    return (
      single.length + piled === nodes.length &&
      String(ids) === String([...new Set(ids)].sort((a, b) => (a < b ? -1 : 1))) &&
      groups.reduce((all, { size }) => all + size, 0) === nodes.length &&
      edges.every(
        ({ from, to, weight }) => from !== to && weight >= 1 && from < drawn.length && to < drawn.length,
      )
    );
  },
);

law(
  options,
  'V12',
  'a scene depends on no order of nodes',
  [pictures(), collapses],
  (nodes, collapsed) =>
    JSON.stringify(sceneOf([...nodes].reverse(), { grouping, collapsed })) ===
    JSON.stringify(sceneOf(nodes, { grouping, collapsed })),
);

const groupLists = fc.array(fc.record({ key: fc.string({ maxLength: 2 }), size: fc.nat({ max: 9 }) }), {
  maxLength: 12,
});

law(options, 'V13', 'a group keeps its hue, also over storage', [groupLists, groupLists], (first, later) => {
  const book = giveHues(noHues, first);
  const next = giveHues(readHues(writeHues(book)), later);
  return (
    [...book.hues].every(([key, hue]) => hueOf(next, key) === hue) &&
    later.every(({ key }) => key === '' || hueOf(next, key) !== undefined) &&
    giveHues(next, [...first, ...later]) === next
  );
});
