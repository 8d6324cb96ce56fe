import {
  applyLayer,
  compileLayer,
  type FilterLayer,
  Interpreter,
  type LayerResult,
  type OrphanPolicy,
  offeredValues,
  renderView,
  reportTime,
  type ViewDef,
} from '@ridgeline/core';
import { builtinViews } from '@ridgeline/renderers-builtin';
import { describe, expect, it } from 'vitest';
import { ConformanceFolder } from '../conformance/folder.ts';
import type { Session } from '../conformance/session.ts';
import { sessionOf } from '../conformance/session-cache.ts';
import { isRecorded, recordedFolder } from './recorded-folder.ts';

/** Every choice of one value, or none, of each group. */
function combinations(view: ViewDef, session: Session): readonly Readonly<Record<string, string>>[] {
  let all: readonly Readonly<Record<string, string>>[] = [{}];
  for (const group of view.options) {
    const values = offeredValues(group, session.context).map(({ value }) => value);
    const choices = group.selectType === 'union' ? ['', ...values] : values;
    if (choices.length > 0)
      all = all.flatMap((one) => choices.map((value) => ({ ...one, [group.id]: value })));
  }
  return all;
}

/** Renders a view under any layer, and counts. */
class Counter {
  readonly #view: ViewDef;
  readonly #session: Session;
  readonly #interpreter: Interpreter;

  constructor(view: ViewDef, session: Session) {
    this.#view = view;
    this.#session = session;
    this.#interpreter = new Interpreter(session.engine.registry.environment);
  }

  render(layer: FilterLayer): LayerResult {
    const compiled = compileLayer(layer, this.#session.engine.registry.environment);
    return renderView(this.#view, this.#session.report, compiled, this.#interpreter);
  }

  shown(clauses: FilterLayer['clauses'], orphans: OrphanPolicy): number {
    return this.render({ clauses, orphans }).topology.size;
  }

  /** How many nodes of the inner stage all clauses keep; `undefined` where the clauses act on the view's own nodes. */
  members(clauses: FilterLayer['clauses']): number | undefined {
    const { site } = this.#view;
    if (site === undefined) return undefined;
    const { engine, report } = this.#session;
    const layer = compileLayer({ clauses, orphans: 'keep' }, engine.registry.environment);
    const stage = this.#interpreter.interpret(site, report);
    return applyLayer(stage, layer, { now: reportTime(report) }).topology.size;
  }

  /** The books of a layer, each figure by rendering again without what it is about. */
  bruteForce({ clauses, orphans }: FilterLayer): unknown {
    const total = this.shown([], 'keep');
    const shown = this.shown(clauses, orphans);
    const stage = this.members([]);
    const kept = this.members(clauses);
    const membersOf = (clause: FilterLayer['clauses'][number]): unknown =>
      stage === undefined || kept === undefined
        ? undefined
        : {
            rejected: stage - (this.members([clause]) ?? 0),
            only: (this.members(clauses.filter((other) => other !== clause)) ?? 0) - kept,
          };
    return {
      total,
      shown,
      filtered: total - shown,
      orphaned: this.shown(clauses, 'keep') - shown,
      clauses: clauses.map((clause) => ({
        id: clause.id,
        rejected: total - this.shown([clause], 'keep'),
        only:
          this.shown(
            clauses.filter((other) => other !== clause),
            orphans,
          ) - shown,
        members: membersOf(clause),
      })),
      members:
        stage === undefined || kept === undefined
          ? undefined
          : { total: stage, shown: kept, filtered: stage - kept },
    };
  }
}

describe.skipIf(!isRecorded)('the ledger on recorded inputs', () => {
  const folder = new ConformanceFolder(recordedFolder);
  const inputs = [
    ...new Set(
      folder.entries.flatMap(({ kind, input }) => (kind === 'render' && input !== undefined ? [input] : [])),
    ),
  ];

  it.each(inputs)('equals brute force: %s', (input) => {
    const session = sessionOf(folder, input);
    for (const view of builtinViews) {
      const counter = new Counter(view, session);
      for (const options of combinations(view, session)) {
        const layer = session.engine.layer({ view: view.name, options });
        const { total, shown, filtered, orphaned, clauses, members } = counter.render(layer).ledger;
        const books = {
          total,
          shown,
          filtered,
          orphaned,
          clauses: clauses.map((clause) => ({
            id: clause.id,
            rejected: clause.rejected,
            only: clause.only,
            members: clause.members,
          })),
          members,
        };
        expect(books, `${view.name} ${JSON.stringify(options)}`).toEqual(counter.bruteForce(layer));
      }
    }
  });
});
