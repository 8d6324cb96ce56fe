import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import {
  applyLayer,
  compileLayer,
  type Engine,
  type FilterLayer,
  Interpreter,
  type LayerResult,
  type Ledger,
  type OrphanPolicy,
  type Report,
  renderView,
  reportTime,
  type SymbolTable,
  type ViewDef,
} from '@ridgeline/core';
import { completeReport, decodeScopeReport, mergeScopeReports, upgradeReport } from '@ridgeline/scope-compat';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const folder = resolve(root, process.env.RIDGELINE_CONFORMANCE ?? '../shared/conformance', 'inputs');

/** The recorded inputs; they lie beside the repository, not in it. */
export const recordedInputs: readonly string[] = existsSync(folder) ? readdirSync(folder).sort() : [];

if (recordedInputs.length === 0) {
  console.warn(`LEFT OUT: there is no recorded data in ${folder} (RIDGELINE_CONFORMANCE)`);
}

/** The reports of an input as one. */
export function readRecorded(name: string, symbols: SymbolTable): Report {
  const bytes = readFileSync(join(folder, name));
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const { reports } = JSON.parse(text) as { readonly reports: readonly object[] };
  const read = reports.map((document) => upgradeReport(decodeScopeReport(document, symbols)));
  return completeReport(mergeScopeReports(symbols, read));
}

/** The figures of a ledger that say what is hidden, by clause; the clauses in the order of their ids. */
export function figuresOf({ total, shown, filtered, orphaned, clauses, members }: Ledger): unknown {
  return {
    total,
    shown,
    filtered,
    orphaned,
    members,
    clauses: clauses
      .map(({ id, text, rejected, only, members: inner }) => ({ id, text, rejected, only, members: inner }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

/** Shows one view under any layer, and counts by showing it again without what a figure is about. */
export class Recount {
  readonly #view: ViewDef;
  readonly #engine: Engine;
  readonly #interpreter: Interpreter;

  constructor(view: ViewDef, engine: Engine) {
    this.#view = view;
    this.#engine = engine;
    this.#interpreter = new Interpreter(engine.registry.environment);
  }

  render(layer: FilterLayer): LayerResult {
    const compiled = compileLayer(layer, this.#engine.registry.environment);
    return renderView(this.#view, this.#engine.report, compiled, this.#interpreter);
  }

  /** What {@link figuresOf} would say of the layer's ledger. */
  figures({ clauses, orphans }: FilterLayer): unknown {
    const total = this.#shown([], 'keep');
    const shown = this.#shown(clauses, orphans);
    const stage = this.#members([]);
    const kept = this.#members(clauses);
    const without = (one: FilterLayer['clauses'][number]) => clauses.filter((other) => other !== one);
    return {
      total,
      shown,
      filtered: total - shown,
      orphaned: this.#shown(clauses, 'keep') - shown,
      members:
        stage === undefined || kept === undefined
          ? undefined
          : { total: stage, shown: kept, filtered: stage - kept },
      clauses: clauses.map((clause) => ({
        id: clause.id,
        text: clause.text,
        rejected: total - this.#shown([clause], 'keep'),
        only: this.#shown(without(clause), orphans) - shown,
        members:
          stage === undefined || kept === undefined
            ? undefined
            : {
                rejected: stage - (this.#members([clause]) ?? 0),
                only: (this.#members(without(clause)) ?? 0) - kept,
              },
      })),
    };
  }

  #shown(clauses: FilterLayer['clauses'], orphans: OrphanPolicy): number {
    return this.render({ clauses, orphans }).topology.size;
  }

  /** How many nodes of the inner stage all clauses keep; `undefined` where they act on the view's own nodes. */
  #members(clauses: FilterLayer['clauses']): number | undefined {
    const { site } = this.#view;
    if (site === undefined) return undefined;
    const { report, registry } = this.#engine;
    const layer = compileLayer({ clauses, orphans: 'keep' }, registry.environment);
    return applyLayer(this.#interpreter.interpret(site, report), layer, { now: reportTime(report) }).topology
      .size;
  }
}
