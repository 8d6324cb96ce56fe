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
  law(options, 'F4', 'deltas compose', [heldPictures(), fc.array(pictures(), { maxLength: 4 })], (a, next) =>
    composes(algebra, a, next),
  );
  law(options, 'F4', 'a patch with another epoch or from is refused', [heldPictures(), pictures()], (a, b) =>
    refusesWhatDoesNotFit(algebra, a, b),
  );
});
