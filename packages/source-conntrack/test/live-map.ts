import { hostname } from 'node:os';
import {
  definePlugin,
  type EdgeFact,
  factAt,
  type NodeId,
  type Report,
  type SourceUse,
} from '@ridgeline/core';
import { createRidgeline, type Ridgeline } from '@ridgeline/core/live';
import { builtinRenderers, builtinViews } from '@ridgeline/renderers-builtin';
import { topologies } from '@ridgeline/vocabulary';

/** Name of the host in these tests' reports. */
export const HOST = hostname();

/** A running Ridgeline with the built-in views and some sources. */
export class LiveMap {
  readonly ridgeline: Ridgeline;

  constructor(sources: readonly SourceUse<never>[]) {
    const plugin = definePlugin({
      name: 'live',
      contribute: () => ({ sources, topologies, renderers: builtinRenderers, views: builtinViews }),
    });
    this.ridgeline = createRidgeline({
      plugins: [plugin()],
      host: HOST,
      clock: { now: () => Date.now(), monotonic: () => performance.now() },
      epoch: 'test',
    });
    this.ridgeline.start();
  }

  get report(): Report {
    return this.ridgeline.engine.report;
  }

  /** Whether a source has reported. */
  hasReportOf(source: string): boolean {
    return this.ridgeline.engine.sources.some(({ name, reports }) => name === source && reports > 0);
  }

  /** Waits until the map answers something; a test waits for a condition, never for a time. */
  async until<T>(condition: () => T | undefined, patienceMillis = 20_000): Promise<T> {
    const start = performance.now();
    for (;;) {
      const found = condition();
      if (found !== undefined) return found;
      if (performance.now() - start > patienceMillis) {
        throw new Error(
          `the condition did not come true; sources: ${JSON.stringify(this.ridgeline.engine.sources)}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Ids of the nodes that a process has edges to, and of those that have edges to it, in the view of processes. */
  around(pid: number): { readonly to: readonly string[]; readonly from: readonly string[] } {
    const { topology } = this.ridgeline.render({ view: 'processes' });
    const own = topology.rowOf(`${HOST};${pid}`);
    const to: string[] = [];
    const from: string[] = [];
    const { start, to: targets } = topology.out;
    for (let row = 0; row < topology.size; row++) {
      for (const target of targets.subarray(start[row], start[row + 1])) {
        if (row === own) to.push(topology.idOf(target));
        if (target === own) from.push(topology.idOf(row));
      }
    }
    return { to, from };
  }

  /** The evidence of an edge between endpoints, by source; `undefined` when there is no such edge. */
  evidence(from: string, to: string): ReadonlyMap<string, EdgeFact> | undefined {
    const endpoints = this.report.topologies.get('endpoint');
    const row = endpoints?.rowOf(from as NodeId);
    const open = endpoints?.open;
    if (endpoints === undefined || row === undefined || open === undefined) return undefined;
    const target = endpoints.symbols.find(to);
    for (let edge = open.start[row] as number; edge < (open.start[row + 1] as number); edge++) {
      if (open.to[edge] !== target) continue;
      const facts = new Map<string, EdgeFact>();
      const last = open.facts?.start[edge + 1] ?? 0;
      for (let index = open.facts?.start[edge] ?? 0; index < last; index++) {
        if (open.facts === undefined) break;
        const fact = factAt(endpoints.symbols, open.facts, index);
        facts.set(fact.source, fact);
      }
      return facts;
    }
    return undefined;
  }

  stop(): void {
    this.ridgeline.stop();
  }
}
