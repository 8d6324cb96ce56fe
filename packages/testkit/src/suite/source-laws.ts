import type { Report, SourceDef } from '@ridgeline/core';
import * as fc from 'fast-check';
import {
  endsTheSame,
  isCold,
  reportsAreAlike,
  reportsAreValid,
  runSource,
  type SourceHarness,
} from '../laws/sources.ts';
import { type LawOptions, law } from './law.ts';

/** What {@link sourceLaws} may be told beside how to register tests. */
export interface SourceLawOptions<Recording> extends LawOptions {
  /** What the source reads; a constant for one fixed recording. */
  readonly recordings: fc.Arbitrary<Recording>;
}

/**
 * Laws G1 and G3-G5 of a source, run on recorded input.
 *
 * @example sourceLaws(procfs, { options, open: openProcTree }, { test: it, runs: 20, recordings: procTrees() })
 */
export function sourceLaws<Options, Recording>(
  def: SourceDef<Options>,
  harness: SourceHarness<Options, Recording>,
  options: SourceLawOptions<Recording>,
): void {
  const { recordings } = options;
  const reportsOf = (recording: Recording): Promise<readonly Report[]> => runSource(def, harness, recording);
  law(options, 'G1', 'cold; once unsubscribed it is silent and holds nothing', [recordings], (recording) =>
    isCold(def, harness, recording),
  );
  law(options, 'G3', 'every report is valid, windows do not run backwards', [recordings], async (recording) =>
    reportsAreValid(await reportsOf(recording)),
  );
  law(options, 'G4', 'the same bytes and clock ⇒ ≅ reports', [recordings], async (recording) =>
    reportsAreAlike(await reportsOf(recording), await reportsOf(recording)),
  );
  law(
    options,
    'G5',
    'late, twice or out of order: the same join',
    [recordings, fc.array(fc.nat(9), { maxLength: 12 })],
    async (recording, order) => endsTheSame(await reportsOf(recording), order),
  );
}
