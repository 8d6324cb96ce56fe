import { strictEqual } from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import {
  definePlugin,
  Engine,
  type Plugin,
  type Report,
  type Snapshot,
  SymbolTable,
  type ViewDef,
} from '@ridgeline/core';
import { builtinFilters } from '@ridgeline/filters-builtin';
import { builtinRenderers, builtinViews } from '@ridgeline/renderers-builtin';
import {
  completeReport,
  mergeScopeReports,
  ReportDecoder,
  type ScopeReport,
  scopeDefinitions,
  scopeViews,
  topologyToJson,
  upgradeReport,
} from '@ridgeline/scope-compat';
import { vocabularyFields } from '@ridgeline/vocabulary';
import type { Ask, BenchCase } from '../../../scripts/bench/bench-case.ts';
import { isRecorded, mergedJson, originalMillis, probeBodies } from './recorded.ts';

const builtIn: Plugin = definePlugin({
  name: 'built-in',
  contribute: () => ({
    topologies: scopeDefinitions,
    fields: vocabularyFields,
    filters: builtinFilters as readonly never[],
    renderers: builtinRenderers,
    views: builtinViews,
  }),
})();

const views: readonly ViewDef[] = builtinViews.filter((view) => scopeViews.includes(view.name));

/** What a case of this file is compared with: machines compare by it (issue 3). */
const yardstick = 'yardstick/json-parse';

function decodeAll(bodies: readonly Uint8Array[], symbols: SymbolTable): readonly ScopeReport[] {
  const decoder = new ReportDecoder();
  return bodies.map((body) => decoder.decode(body, symbols));
}

function mergeAll(symbols: SymbolTable, reports: readonly ScopeReport[]): Report {
  return completeReport(mergeScopeReports(symbols, reports.map(upgradeReport)));
}

/** An engine with a report of which nothing has been rendered, looked up or remembered yet. */
function coldEngine(symbols: SymbolTable, reports: readonly ScopeReport[]): Engine {
  const engine = new Engine({ plugins: [builtIn] });
  const accepted = engine.ingest({ source: 'scope', host: 'all' }, mergeAll(symbols, reports), 3000, {
    now: 0,
    monotonic: 0,
  });
  strictEqual(accepted, true);
  strictEqual(engine.report.topologies.get('endpoint')?.size, 97_487);
  return engine;
}

function timed(run: () => unknown): number {
  globalThis.gc?.();
  const start = performance.now();
  run();
  return performance.now() - start;
}

function originalNote(step: string): string {
  const millis = originalMillis(step);
  return millis === undefined ? '' : `the original took ${Math.round(millis)} ms on its machine`;
}

/** A case on the decoded reports of all probes; each sample begins with an engine that has seen nothing. */
function coldCase(
  name: string,
  step: string,
  run: (engine: Engine) => unknown,
  more: { readonly ask?: Ask; readonly before?: (engine: Engine) => unknown } = {},
): BenchCase {
  return {
    name,
    baseline: yardstick,
    ...(more.ask === undefined ? {} : { ask: more.ask }),
    prepare: () => {
      const symbols = new SymbolTable();
      const reports = decodeAll(probeBodies(), symbols);
      return {
        samples: 7,
        sample: () => {
          const engine = coldEngine(symbols, reports);
          more.before?.(engine);
          return timed(() => run(engine));
        },
        note: () => originalNote(step),
      };
    },
  };
}

function renderAll(engine: Engine): readonly Snapshot[] {
  return views.map((view) => engine.render({ view: view.name }));
}

function containersJson(engine: Engine): string {
  const { topology } = engine.render({ view: 'containers' });
  const nodes = topologyToJson(topology, engine.registry.definitions, engine.report);
  return JSON.stringify({ nodes: Object.fromEntries(nodes) });
}

const cases: readonly BenchCase[] = [
  {
    name: yardstick,
    prepare: () => {
      const text = mergedJson();
      return { run: () => JSON.parse(text) as unknown, note: () => `${(text.length / 1e6).toFixed(1)} MB` };
    },
  },
  {
    name: 'decode/51',
    baseline: yardstick,
    ask: { atMost: 2 },
    prepare: () => {
      const bodies = probeBodies();
      strictEqual(bodies.length, 51);
      return {
        run: () => decodeAll(bodies, new SymbolTable()),
        note: () => `gzipped as they came; ${originalNote('decode_per_probe_reports')}`,
      };
    },
  },
  {
    name: 'decode/51-unzipped',
    baseline: yardstick,
    prepare: () => {
      const bodies = probeBodies().map((body) => new Uint8Array(gunzipSync(body)));
      return { run: () => decodeAll(bodies, new SymbolTable()) };
    },
  },
  {
    name: 'merge/51',
    baseline: yardstick,
    ask: { atMost: 0.3 },
    prepare: () => {
      const symbols = new SymbolTable();
      const reports = decodeAll(probeBodies(), symbols);
      return { run: () => mergeAll(symbols, reports), note: () => originalNote('merge_reports') };
    },
  },
  ...views.map((view) =>
    coldCase(`views/cold/${view.name}`, `render/${view.name}/defaults`, (engine) =>
      engine.render({ view: view.name }),
    ),
  ),
  coldCase('views/cold/all', 'topology_list/all', renderAll, { ask: { atMost: 1.2 } }),
  ...views.map((view) =>
    coldCase(
      `summaries/${view.name}`,
      `summaries/${view.name}`,
      (engine) => engine.render({ view: view.name }).nodes.size,
      { before: (engine) => engine.render({ view: view.name }) },
    ),
  ),
  coldCase('json/containers', 'encode_json/containers', containersJson, {
    before: (engine) => engine.render({ view: 'containers' }),
  }),
  {
    name: 'end-to-end/containers',
    baseline: yardstick,
    prepare: () => {
      const bodies = probeBodies();
      return {
        samples: 5,
        sample: () =>
          timed(() => {
            const symbols = new SymbolTable();
            return containersJson(coldEngine(symbols, decodeAll(bodies, symbols)));
          }),
        note: () => originalNote('end_to_end/containers'),
      };
    },
  },
];

if (!isRecorded) console.warn('bench: LEFT OUT: the recorded cluster is not there (RIDGELINE_CONFORMANCE)');

export const benches: readonly BenchCase[] = isRecorded ? cases : [];
