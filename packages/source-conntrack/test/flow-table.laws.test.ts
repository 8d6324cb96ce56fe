import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Flow, type FlowEvent, keyOfFlow } from '../src/flow.ts';
import { FlowTable } from '../src/flow-table.ts';
import { lawRuns } from './law-runs.ts';

function flowOf(port: number, isOver = false): Flow {
  const source = { address: '10.0.0.1', port };
  const destination = { address: '10.0.0.2', port: 80 };
  return {
    id: port,
    protocol: 'tcp',
    source,
    destination,
    replySource: destination,
    replyDestination: source,
    isAnswered: true,
    isOver,
  };
}

/** What may happen to a kernel's table with five places, and to a reader of it. */
type Step =
  | { readonly do: 'begin' | 'close' | 'vanish'; readonly port: number }
  | { readonly do: 'report' | 'sweep' };
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constantFrom('begin' as const, 'close' as const, 'vanish' as const),
      port: fc.integer({ min: 1, max: 5 }),
    }),
    fc.record({ do: fc.constantFrom('report' as const, 'sweep' as const) }),
  ),
  { maxLength: 40 },
);

/** The kernel's table: open, over but lingering, or not there. Each life of a port has a number. */
class Kernel {
  readonly entries = new Map<number, { readonly life: number; isOver: boolean }>();
  #lives = 0;

  step(step: Step): FlowEvent | undefined {
    if (!('port' in step)) return undefined;
    const { port } = step;
    const entry = this.entries.get(port);
    if (step.do === 'begin' && entry === undefined) {
      this.entries.set(port, { life: ++this.#lives, isOver: false });
      return { kind: 'new', flow: this.flow(port) };
    }
    if (step.do === 'close' && entry?.isOver === false) {
      entry.isOver = true;
      return { kind: 'update', flow: this.flow(port) };
    }
    if (step.do === 'vanish' && entry !== undefined) {
      const flow = this.flow(port);
      this.entries.delete(port);
      return { kind: 'destroy', flow };
    }
    return undefined;
  }

  /** Every life has an id of its own, as CTA_ID does. */
  flow(port: number): Flow {
    const entry = this.entries.get(port);
    return { ...flowOf(port, entry?.isOver), id: port * 1000 + (entry?.life ?? 0) };
  }

  get flows(): Flow[] {
    return [...this.entries.keys()].map((port) => this.flow(port));
  }
}

function shownBy(table: FlowTable, now: number): string[] {
  return table
    .report(now)
    .filter(({ isShown }) => isShown)
    .map(({ flow }) => keyOfFlow(flow));
}

function sweep(table: FlowTable, found: readonly Flow[], now: number): number {
  table.beginSweep();
  for (const flow of found) table.find(flow, now);
  return table.endSweep(true, now);
}

describe('the table of flows', () => {
  it('law N8: with every event heard, each flow is in all reports while open and in exactly one after its end', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const kernel = new Kernel();
        const table = new FlowTable(() => true);
        sweep(table, [], 0);
        /** Ended since the last report. */
        let ended = new Set<string>();
        for (const [now, step] of all.entries()) {
          if (step.do === 'report') {
            const open = kernel.flows.filter(({ isOver }) => !isOver).map(keyOfFlow);
            expect(shownBy(table, now).sort()).toEqual([...open, ...ended].sort());
            ended = new Set();
          } else if (step.do === 'sweep') {
            expect(sweep(table, kernel.flows, now)).toBe(0);
          } else {
            const event = kernel.step(step);
            if (event === undefined) continue;
            table.apply(event, now);
            if (event.flow.isOver || event.kind === 'destroy') {
              // An entry that was over already ends without being shown again.
              if (event.kind === 'update' || !event.flow.isOver) ended.add(keyOfFlow(event.flow));
            }
          }
        }
      }),
      lawRuns,
    );
  });

  it('law N9: with any events lost, a sweep leaves open exactly what the kernel has open', () => {
    fc.assert(
      fc.property(steps, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (all, isHeard) => {
        const kernel = new Kernel();
        const table = new FlowTable(() => true);
        for (const [now, step] of all.entries()) {
          const event = kernel.step(step);
          if (event !== undefined && isHeard[now] === true) table.apply(event, now);
          if (step.do === 'report') table.report(now);
        }
        sweep(table, kernel.flows, 100);
        // Two reports: the first still shows what has just ended.
        table.report(101);
        const open = kernel.flows.filter(({ isOver }) => !isOver).map(keyOfFlow);
        expect(shownBy(table, 102).sort()).toEqual(open.sort());
      }),
      lawRuns,
    );
  });

  it('law N10: nothing is kept of what ended: the size comes back to that of the kernel', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const kernel = new Kernel();
        const table = new FlowTable(() => true);
        for (const [now, step] of all.entries()) {
          const event = kernel.step(step);
          if (event !== undefined) table.apply(event, now);
        }
        for (let now = 100; now < 105; now++) table.report(now);
        expect(table.size).toBe(kernel.entries.size);
      }),
      lawRuns,
    );
  });

  it('does not bring to life what ended while the table was being read', () => {
    const table = new FlowTable(() => true);
    table.beginSweep();
    table.apply({ kind: 'destroy', flow: flowOf(1) }, 1);
    table.find(flowOf(1), 2);
    table.find(flowOf(2), 2);
    table.endSweep(true, 3);
    expect(shownBy(table, 4)).toEqual([keyOfFlow(flowOf(2))]);
  });

  it('never shows what was over before the first sweep, and once what came and went between two', () => {
    const table = new FlowTable(() => true);
    sweep(table, [flowOf(1, true)], 1);
    expect(shownBy(table, 2)).toEqual([]);
    sweep(table, [flowOf(1, true), flowOf(2, true)], 3);
    expect(shownBy(table, 4)).toEqual([keyOfFlow(flowOf(2))]);
    sweep(table, [flowOf(1, true), flowOf(2, true)], 5);
    expect(shownBy(table, 6)).toEqual([]);
  });

  it('ends nothing by a sweep that was cut short', () => {
    const table = new FlowTable(() => true);
    sweep(table, [flowOf(1), flowOf(2)], 1);
    table.beginSweep();
    table.find(flowOf(1), 2);
    expect(table.endSweep(false, 3)).toBe(0);
    expect(shownBy(table, 4)).toHaveLength(2);
  });

  it('counts what ended without an event, and keeps the names of a flow for two more reports', () => {
    const table = new FlowTable(() => true);
    sweep(table, [flowOf(1), flowOf(2)], 1);
    expect(sweep(table, [flowOf(2)], 2)).toBe(1);
    table.apply({ kind: 'destroy', flow: flowOf(2) }, 3);
    const reports = [4, 5, 6, 7].map((now) => table.report(now).map(({ isShown }) => isShown));
    expect(reports).toEqual([[true, true], [false, false], [false, false], []]);
  });

  it('says when nothing changed, so that a report need not be made anew', () => {
    const table = new FlowTable(() => true);
    sweep(table, [flowOf(1)], 1);
    table.report(2);
    expect(table.isChanged).toBe(false);
    sweep(table, [flowOf(1)], 3);
    expect(table.isChanged).toBe(false);
    table.apply({ kind: 'update', flow: { ...flowOf(1), sentBytes: 5, receivedBytes: 6 } }, 4);
    expect(table.isChanged).toBe(true);
    const [told] = table.report(5);
    expect(told?.flow).toMatchObject({ sentBytes: 5, receivedBytes: 6 });
    // A later message without counters takes nothing away.
    table.apply({ kind: 'update', flow: flowOf(1) }, 6);
    expect(table.report(7)[0]?.flow.sentBytes).toBe(5);
  });

  it('keeps only what is wanted', () => {
    const table = new FlowTable(({ source }) => source.port !== 1);
    sweep(table, [flowOf(1), flowOf(2)], 1);
    table.apply({ kind: 'new', flow: flowOf(1) }, 2);
    expect(shownBy(table, 3)).toEqual([keyOfFlow(flowOf(2))]);
  });
});
