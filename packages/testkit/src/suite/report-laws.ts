import { SymbolTable } from '@ridgeline/core';
import * as fc from 'fast-check';
import { plainReports } from '../arbitrary/reports.ts';
import {
  closesLate,
  closesMore,
  foldsInAnyOrder,
  hasNeutralElement,
  isAssociative,
  isCommutative,
  isIdempotent,
  isTotal,
  keepsBoth,
  leavesAlone,
  type Merge,
  mergesAsTheOracle,
  replacesSlots,
  type Slots,
} from '../laws/reports.ts';
import { buildReport } from '../plain/build-report.ts';
import type { PlainReport } from '../plain/plain-report.ts';
import { type LawOptions, law } from './law.ts';

/** What {@link reportLaws} may be told beside how to register tests. */
export interface ReportLawOptions extends LawOptions {
  /** The reports that are merged; default {@link plainReports}. */
  readonly reports?: fc.Arbitrary<PlainReport>;
  /** Whether the merge is asked to agree with the oracle, which unites no tokens; default true. */
  readonly oracle?: boolean;
}

/**
 * Laws B1-B8 of a merge, and its agreement with the oracle.
 *
 * @example reportLaws(mergeReports, { test: it })
 */
export function reportLaws(merge: Merge, options: ReportLawOptions): void {
  const { reports = plainReports(), oracle = true } = options;
  const one = (a: PlainReport, symbols = new SymbolTable()) => buildReport(a, symbols);
  const two = (a: PlainReport, b: PlainReport) => {
    const symbols = new SymbolTable();
    return [one(a, symbols), one(b, symbols)] as const;
  };
  law(options, 'B1', 'a⊔b ≅ b⊔a', [reports, reports], (a, b) => isCommutative(merge, ...two(a, b)));
  law(options, 'B2', '(a⊔b)⊔c ≅ a⊔(b⊔c)', [reports, reports, reports], (a, b, c) => {
    const symbols = new SymbolTable();
    return isAssociative(merge, one(a, symbols), one(b, symbols), one(c, symbols));
  });
  law(options, 'B3', 'a⊔a ≅ a', [reports], (a) => isIdempotent(merge, ...two(a, a)));
  law(options, 'B4', 'a⊔empty ≅ a', [reports], (a) => hasNeutralElement(merge, one(a)));
  law(
    options,
    'B5',
    'the fold over any permutation, with repetitions, is the join of all',
    [
      fc.array(reports, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(3), { maxLength: 4 }),
      fc.infiniteStream(fc.nat()),
    ],
    (all, repeated, keys) => {
      const symbols = new SymbolTable();
      const extra = repeated.filter((index) => index < all.length);
      const order = [...all.keys(), ...extra]
        .map((index) => ({ index, key: keys.next().value as number }))
        .sort((a, b) => a.key - b.key);
      return foldsInAnyOrder(
        merge,
        all.map((a) => one(a, symbols)),
        order.map(({ index }) => index),
      );
    },
  );
  law(options, 'B6', '⊔ is total: a clash is never a throw', [reports, reports], (a, b) =>
    isTotal(merge, ...two(a, b)),
  );
  law(options, 'B7', 'a ⊑ a⊔b and b ⊑ a⊔b', [reports, reports], (a, b) => keepsBoth(merge, ...two(a, b)));
  law(options, 'B8', 'close a ⊔ close b ⊑ close(a⊔b)', [reports, reports], (a, b) =>
    closesLate(merge, ...two(a, b)),
  );
  options.test('law B8: close a ⊔ close b = close(a⊔b) is false, and there is a counterexample', () => {
    const found = fc.check(
      fc.property(reports, reports, (a, b) => !closesMore(merge, ...two(a, b))),
      { numRuns: 2000, endOnFailure: true },
    );
    if (!found.failed)
      throw new Error('no edge leads from one report into another: the reports show too little');
  });
  law(options, 'C3', 'a merge leaves what it joins as it was', [reports, reports], (a, b) => {
    const [x, y] = two(a, b);
    return leavesAlone(x, () => merge(x.symbols, [x, y]));
  });
  if (oracle) {
    law(options, 'B1', 'a⊔b ≅ the oracle of a and b', [reports, reports], (a, b) =>
      mergesAsTheOracle(merge, ...two(a, b)),
    );
  }
}

/**
 * Law B9 of what keeps slots: replacing a slot and joining again is joining from scratch.
 *
 * @param open - gives new slots that hold reports of a symbol table
 */
export function slotLaws(
  merge: Merge,
  open: (symbols: SymbolTable) => Slots,
  options: ReportLawOptions,
): void {
  const { reports = plainReports() } = options;
  const change = fc.record({
    slot: fc.constantFrom('s@h', 't@h', 's@i'),
    report: fc.option(reports, { nil: undefined }),
  });
  law(
    options,
    'B9',
    'replacing slot i and joining again ≅ joining from scratch',
    [fc.array(change, { maxLength: 6 })],
    (changes) => {
      const symbols = new SymbolTable();
      return replacesSlots(
        merge,
        open(symbols),
        symbols,
        changes.map(({ slot, report }) => ({
          slot,
          report: report === undefined ? undefined : buildReport(report, symbols),
        })),
      );
    },
  );
}
