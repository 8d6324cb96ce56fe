/** Laws F3-F5: deltas. */
import type { Applied, Delta, Held, Patch, Picture } from '@ridgeline/core';
import { sameData } from '../plain/canonical-text.ts';

/** How deltas are made and applied. */
export interface DeltaAlgebra {
  readonly diff: (held: Held, next: Picture, seq: number) => Patch;
  readonly apply: (held: Held | undefined, delta: Delta) => Applied;
}

/** F3: `apply(a, diff(a, b)) ≅ b`; `add`, `update` and `remove` are disjoint, and say what is new, known and gone. */
export function appliesToTheNext({ diff, apply }: DeltaAlgebra, a: Held, b: Picture): boolean {
  const patch = diff(a, b, a.seq + 1);
  const applied = apply(a, patch);
  const added = patch.add.map(({ id }) => id);
  const updated = patch.update.map(({ id }) => id);
  return (
    applied.ok &&
    applied.held.seq === a.seq + 1 &&
    applied.held.epoch === a.epoch &&
    sameData(applied.held.picture, b) &&
    sameData([...applied.held.picture.nodes.keys()], [...b.nodes.keys()]) &&
    new Set([...added, ...updated, ...patch.remove]).size ===
      added.length + updated.length + patch.remove.length &&
    added.every((id) => !a.picture.nodes.has(id)) &&
    updated.every((id) => a.picture.nodes.has(id) && !sameData(a.picture.nodes.get(id), b.nodes.get(id))) &&
    patch.remove.every((id) => a.picture.nodes.has(id) && !b.nodes.has(id))
  );
}

/** F3: `diff(a, a)` is empty, also where the second a is equal and not the same. */
export function sameGivesNothing({ diff }: DeltaAlgebra, a: Held, twin: Picture): boolean {
  return [a.picture, twin].every((next) => {
    const { add, update, remove } = diff(a, next, a.seq + 1);
    return add.length + update.length + remove.length === 0;
  });
}

/** F4: deltas compose: over b, and straight, one ends in c. F5: so conflation ends at the last. */
export function composes({ diff, apply }: DeltaAlgebra, a: Held, pictures: readonly Picture[]): boolean {
  const last = pictures.at(-1);
  if (last === undefined) return true;
  let held = a;
  for (const picture of pictures) {
    const applied = apply(held, diff(held, picture, held.seq + 1));
    if (!applied.ok) return false;
    held = applied.held;
  }
  const straight = apply(a, diff(a, last, held.seq));
  return straight.ok && sameData(straight.held.picture, held.picture) && sameData(held.picture, last);
}

/** F4: a patch with another `epoch` or `from` is refused, as is one for a reader that holds nothing; a reset never is. */
export function refusesWhatDoesNotFit({ diff, apply }: DeltaAlgebra, a: Held, b: Picture): boolean {
  const patch = diff(a, b, a.seq + 1);
  const reset: Delta = { kind: 'reset', epoch: `${a.epoch}'`, seq: 1, snapshot: b };
  const fresh = apply(a, reset);
  return (
    !apply(a, { ...patch, epoch: `${a.epoch}'` }).ok &&
    !apply(a, { ...patch, from: patch.from + 1 }).ok &&
    !apply(a, { ...patch, from: patch.from - 1 }).ok &&
    !apply(undefined, patch).ok &&
    fresh.ok &&
    fresh.held.epoch === reset.epoch &&
    sameData(fresh.held.picture, b)
  );
}
