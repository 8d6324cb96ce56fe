import type { ConnectionJson } from '@ridgeline/client/schema';
import { parseFilter } from '@ridgeline/core/filter';
import { law } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { it } from 'vitest';
import { onlyNodeFilter } from '../../src/panels/details/filter-text.ts';
import { groupMembers, memberEdges } from '../../src/panels/details/group-members.ts';
import { groupPeers } from '../../src/panels/details/group-peers.ts';
import { sparkPaths } from '../../src/panels/details/spark-path.ts';
import { rankEntries } from '../../src/panels/palette/rank-entries.ts';
import { columnsOf, degreesOf, sortValue } from '../../src/panels/table/columns.ts';
import { inOldOrder, sortRows } from '../../src/panels/table/sort-rows.ts';
import { scrollToRow, virtualWindow } from '../../src/panels/table/virtual-window.ts';
import { pictures } from './arbitraries.ts';

const options = { test: it };
const GROUPING = 'field:kubernetes_namespace';

law(
  options,
  'panels/sort',
  'a permutation, the same for every order of the nodes; what has no value is last, whichever way',
  [pictures(), fc.nat(), fc.boolean()],
  (picture, at, isDescending) => {
    const nodes = [...picture.values()];
    const columns = columnsOf(nodes);
    const column = columns[at % columns.length] ?? columns[0];
    if (column === undefined) return false;
    const degrees = degreesOf(nodes);
    const ids = sortRows(nodes, column, isDescending, degrees).map(({ id }) => id);
    const again = sortRows([...nodes].reverse(), column, isDescending, degrees).map(({ id }) => id);
    const isThere = ids.map((id) => {
      const node = picture.get(id);
      return node !== undefined && sortValue(node, column, degrees) !== undefined;
    });
    return (
      JSON.stringify(ids) === JSON.stringify(again) &&
      new Set(ids).size === nodes.length &&
      isThere.lastIndexOf(true) < (isThere.includes(false) ? isThere.indexOf(false) : nodes.length)
    );
  },
);

law(
  options,
  'panels/old-order',
  'the nodes of the picture, each once; those that were there before in the order they had',
  [pictures(), pictures()],
  (before, picture) => {
    const old = [...before.values()].reverse();
    const ids = inOldOrder(picture, old).map(({ id }) => id);
    const kept = old.map(({ id }) => id).filter((id) => picture.has(id));
    return (
      ids.length === picture.size &&
      ids.every((id) => picture.has(id)) &&
      JSON.stringify(ids.slice(0, kept.length)) === JSON.stringify(kept)
    );
  },
);

law(
  options,
  'panels/columns',
  'every row of metadata and every metric of a node has a column, every column a node',
  [pictures()],
  (picture) => {
    const nodes = [...picture.values()];
    const columns = columnsOf(nodes);
    const keys = new Set(columns.map(({ key }) => key));
    const degrees = degreesOf(nodes);
    return (
      keys.size === columns.length &&
      nodes.every((node) => node.metrics.every(({ id }) => keys.has(`metric ${id}`))) &&
      nodes.every((node) => node.metadata.every(({ id }) => keys.has(`metadata ${id}`))) &&
      columns.every(
        (column) =>
          column.kind === 'label' ||
          column.kind === 'connections' ||
          nodes.some((node) => sortValue(node, column, degrees) !== undefined),
      )
    );
  },
);

const lists = fc.record({
  count: fc.nat(20_000),
  rowHeight: fc.integer({ min: 20, max: 60 }),
  height: fc.integer({ min: 0, max: 3000 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});

law(
  options,
  'panels/window',
  'every row that is seen is drawn; drawn rows and the room for the others are as high as all; few are drawn',
  [lists],
  ({ count, rowHeight, height, share }) => {
    const scrollTop = Math.max(0, count * rowHeight - height) * share;
    const { first, end, before, after } = virtualWindow({ count, rowHeight, scrollTop, height });
    const firstSeen = Math.floor(scrollTop / rowHeight);
    const lastSeen = Math.min(count, Math.ceil((scrollTop + height) / rowHeight));
    return (
      first <= firstSeen &&
      end >= lastSeen &&
      before + (end - first) * rowHeight + after === count * rowHeight &&
      end - first <= height / rowHeight + 30
    );
  },
);

law(
  options,
  'panels/scroll',
  'a row that was scrolled to is seen wholly, and nothing moves a second time',
  [lists, fc.nat()],
  ({ count, rowHeight, height, share }, at) => {
    if (count === 0 || height < rowHeight) return true;
    const row = at % count;
    const list = { count, rowHeight, height, scrollTop: Math.max(0, count * rowHeight - height) * share };
    const top = scrollToRow(list, row);
    return (
      top <= row * rowHeight &&
      (row + 1) * rowHeight <= top + height + 1e-6 &&
      Math.abs(scrollToRow({ ...list, scrollTop: top }, row) - top) < 1e-6
    );
  },
);

const samples = fc
  .array(fc.record({ at: fc.nat(1e6), value: fc.double({ min: 0, max: 1e12, noNaN: true }) }))
  .map((list) => list.sort((a, b) => a.at - b.at));

law(
  options,
  'panels/spark',
  'all points of a series are in its box, from its left side to its right',
  [samples, fc.double({ min: 0, max: 1e9, noNaN: true })],
  (series, max) => {
    const paths = sparkPaths(series, { width: 100, height: 30, max });
    if (paths === undefined) return series.length === 0;
    const points = paths.line
      .slice(1)
      .split('L')
      .map((point) => point.split(' ').map(Number));
    return (
      points.every(([x = -1, y = -1]) => x >= 0 && x <= 100 && y >= 0 && y <= 30) &&
      points[0]?.[0] === 0 &&
      points.at(-1)?.[0] === 100 &&
      paths.area.startsWith(paths.line)
    );
  },
);

const connections: fc.Arbitrary<readonly ConnectionJson[]> = fc.array(
  fc.record({
    id: fc.string(),
    node: fc.constantFrom('a', 'b', 'internet'),
    label: fc.constantFrom('x', 'y'),
    port: fc.constantFrom('80', '443', '5432'),
    count: fc.integer({ min: 1, max: 50 }),
  }),
);

law(
  options,
  'panels/peers',
  'the counts of peers, and those of their ports, add up to those of the rows; the busiest is first',
  [connections],
  (rows) => {
    const peers = groupPeers(rows);
    const sum = (counts: readonly { readonly count: number }[]): number =>
      counts.reduce((total, { count }) => total + count, 0);
    return (
      sum(peers) === sum(rows) &&
      peers.every(({ ports, count }) => sum(ports) === count) &&
      peers.every(({ count }, index) => count <= (peers[index - 1]?.count ?? Number.POSITIVE_INFINITY)) &&
      new Set(peers.map(({ key }) => key)).size === peers.length
    );
  },
);

law(
  options,
  'panels/flows',
  'over all pairs of groups each edge of the picture is a member of one flow, with its weight',
  [pictures()],
  (picture) => {
    const keys = ['shop', 'data', ''];
    const members = keys.map((key) => groupMembers(picture, GROUPING, key).length);
    const flows = keys.flatMap((from) => keys.flatMap((to) => memberEdges(picture, GROUPING, from, to)));
    let edges = 0;
    let weight = 0;
    for (const node of picture.values()) {
      node.adjacency.forEach((id, index) => {
        if (!picture.has(id) || id === node.id) return;
        edges++;
        weight += node.weights?.[index] ?? 1;
      });
    }
    return (
      members.reduce((sum, count) => sum + count, 0) === picture.size &&
      flows.length === edges &&
      flows.reduce((sum, edge) => sum + edge.weight, 0) === weight
    );
  },
);

law(
  options,
  'panels/only-node',
  'the filter of a node alone can be read, and names that id',
  [fc.string({ unit: 'grapheme' })],
  (id) => {
    const parsed = parseFilter(onlyNodeFilter(id));
    return (
      parsed.ok &&
      parsed.expr.kind === 'compare' &&
      parsed.expr.value.kind === 'string' &&
      parsed.expr.value.value === id
    );
  },
);

law(
  options,
  'panels/rank',
  'what is found is among the entries, once, no more than wanted; what is typed wholly comes first',
  [
    fc.uniqueArray(fc.stringMatching(/^[a-c]{1,3}$/), { maxLength: 12 }),
    fc.nat(),
    fc.integer({ min: 1, max: 5 }),
  ],
  (entries, at, most) => {
    const typed = entries[at % entries.length];
    if (typed === undefined) return true;
    const found = rankEntries(entries, typed, (entry) => entry, most);
    return (
      found.length <= most &&
      new Set(found).size === found.length &&
      found.every((entry) => entries.includes(entry)) &&
      // What fits wholly comes before all that only begins so.
      found[0]?.trim().toLowerCase() === typed.trim().toLowerCase()
    );
  },
);
