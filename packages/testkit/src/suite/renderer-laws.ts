import {
  emptyReport,
  type FilterEnvironment,
  Interpreter,
  type RendererDef,
  type Report,
  SymbolTable,
  type Topology,
} from '@ridgeline/core';
import * as fc from 'fast-check';
import { layerEnvironment } from '../arbitrary/layers.ts';
import { remembered } from '../arbitrary/remembered.ts';
import { reports as anyReports } from '../arbitrary/reports.ts';
import {
  abortsCleanly,
  hasNoSelfLoops,
  hasProvenance,
  hasSoundEdges,
  isClosed,
  isDeterministic,
  isMonotone,
  isPure,
  isTotalRenderer,
} from '../laws/renderers.ts';
import { exception, type LawOptions, law, seeded } from './law.ts';

/** What {@link rendererLaws} may be told beside how to register tests. */
export interface RendererLawOptions extends LawOptions {
  /** Reports that the renderer finds something in; any others are tried too. */
  readonly reports: fc.Arbitrary<Report>;
  /** What names in the filters of its plan mean. */
  readonly environment?: FilterEnvironment;
  /** `made`: it makes edges that no source reports (law C4 is not asked). Default `reported`. */
  readonly edges?: 'reported' | 'made';
}

/**
 * Laws C1-C6, C9, C12 and C13 of a renderer, as far as its declarations ask for them; a declared exception is proven.
 *
 * @example rendererLaws(processes, { test: it, reports: reports({ topologies: ['endpoint', 'process'] }) })
 */
export function rendererLaws(def: RendererDef, { view = def.name, ...given }: RendererLawOptions): void {
  const options = seeded({ ...given, view });
  const { environment = layerEnvironment, edges = 'reported' } = options;
  const { plan, declares } = def;
  const reports = remembered(
    fc.oneof({ weight: 4, arbitrary: options.reports }, { weight: 1, arbitrary: anyReports() }),
  );
  const render = (report: Report): Topology => new Interpreter(environment).interpret(plan, report);

  law(options, 'C1', 'edges end at rows, ids are unique, rowOf(idOf(i)) = i', [reports], (report) =>
    isClosed(render(report)),
  );
  law(
    options,
    'C2',
    'permuted rows, other symbols, a second run: ≅',
    [reports, shuffles()],
    (report, shuffle) => isDeterministic(render, report, shuffle),
  );
  law(options, 'C3', 'the report is left as it was', [reports], (report) => isPure(render, report));
  if (edges === 'reported') {
    law(options, 'C4', 'X→Y ⇒ some x→y with x ∈ members(X), y ∈ members(Y)', [reports], (report) =>
      hasSoundEdges(render(report), report),
    );
  }
  law(options, 'C5', 'members are rows, none twice of one node', [reports], (report) =>
    hasProvenance(render(report)),
  );
  const loops = declares.selfLoops === 'keep' ? exception : law;
  loops(
    options,
    'C6',
    declares.selfLoops === 'keep' ? "selfLoops: 'keep'" : 'no node has an edge to itself',
    [reports],
    (report) => hasNoSelfLoops(render(report)),
  );
  if (declares.monotone !== undefined) {
    const monotone = declares.monotone ? law : exception;
    monotone(
      options,
      'C9',
      declares.monotone ? 'a ⊑ b ⇒ R(a) ⊑ R(b)' : 'monotone: false',
      [reports, reports],
      (a, more) => isMonotone(render, a, more),
    );
  }
  law(options, 'C12', 'aborted, it throws and stores nothing', [reports, fc.nat(12)], (report, step) =>
    abortsCleanly(new Interpreter(environment), render, plan, report, step),
  );
  law(
    options,
    'C13',
    'total on the empty report and on unknown topologies',
    [anyReports({ topologies: ['made-up'] })],
    (report) => isTotalRenderer(render, emptyReport(new SymbolTable())) && isTotalRenderer(render, report),
  );
}

/** Functions that bring lists into another order, the same for the same seed. */
export function shuffles(): fc.Arbitrary<<T>(items: readonly T[]) => T[]> {
  return fc.nat().map((seed) => {
    const shuffle = <T>(items: readonly T[]): T[] => {
      let state = seed | 1;
      const next = (): number => {
        // xorshift32 (Marsaglia 2003, Xorshift RNGs)
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return state >>> 0;
      };
      return items
        .map((item) => ({ item, key: next() }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item);
    };
    return Object.assign(shuffle, { [fc.toStringMethod]: () => `shuffle(${seed})` });
  });
}
