import { applyDelta, diffPictures } from '@ridgeline/core';
import {
  appliesToTheNext,
  composes,
  heldPictures,
  law,
  pictures,
  refusesWhatDoesNotFit,
  sameGivesNothing,
} from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';

const options = { test: it };
const algebra = { diff: diffPictures, apply: applyDelta };

describe('deltas', () => {
  law(options, 'F3', 'apply(a, diff(a, b)) ≅ b, parts disjoint', [heldPictures(), pictures()], (a, b) =>
    appliesToTheNext(algebra, a, b),
  );
  law(options, 'F3', 'diff(a, a) is empty', [heldPictures()], (a) =>
    sameGivesNothing(algebra, a, structuredClone(a.picture)),
  );
  const ways = [heldPictures(), fc.array(pictures(), { maxLength: 4 })] as const;
  law(options, 'F4', 'deltas compose', [...ways], (a, next) => composes(algebra, a, next));
  law(options, 'F5', 'conflation ends at the last', [...ways], (a, next) => {
    const last = next.at(-1);
    return last === undefined || (composes(algebra, a, [last]) && composes(algebra, a, next));
  });
  law(options, 'F4', 'a patch with another epoch or from is refused', [heldPictures(), pictures()], (a, b) =>
    refusesWhatDoesNotFit(algebra, a, b),
  );
});
