import { applyDelta, diffPictures, type Picture, type SourceStatus } from '@ridgeline/core';
import { applyRelink, shortPatch } from '@ridgeline/core/wire';
import { heldPictures, law, pictures, sameData } from '@ridgeline/testkit';
import { describe, expect, it } from 'vitest';

type Pictured = Picture<SourceStatus>;

describe('patches in their short form', () => {
  law(
    { test: it },
    'F3',
    'update ∪ relink of the short form = update',
    [heldPictures(), pictures()],
    (a, b) => {
      const patch = diffPictures(a, b, a.seq + 1);
      const short = shortPatch(a.picture as Pictured, patch as Parameters<typeof shortPatch>[1]);
      const relinked = (short.relink ?? []).map((change) => {
        const before = a.picture.nodes.get(change.id);
        return before === undefined ? undefined : applyRelink(before, change);
      });
      const all = [...short.update, ...relinked].sort((x, y) => ((x?.id ?? '') < (y?.id ?? '') ? -1 : 1));
      return applyDelta(a, patch).ok && sameData(all, patch.update);
    },
  );

  it('tell of a node with other edges only what came and went', () => {
    const node = { id: 'a', label: 'a', metadata: [], metrics: [], parents: [] };
    const before = { ...node, adjacency: ['b', 'c'], weights: [1, 2] };
    const after = { ...node, adjacency: ['c', 'd'] };
    const patch = { update: [after] } as unknown as Parameters<typeof shortPatch>[1];
    const picture = { nodes: new Map([['a', before]]) } as unknown as Pictured;
    const { update, relink = [] } = shortPatch(picture, patch);
    expect(update).toEqual([]);
    expect(relink).toEqual([{ id: 'a', add: ['d'], remove: ['b'] }]);
    expect(relink.map((change) => applyRelink(before as never, change))).toEqual([after]);
  });
});
