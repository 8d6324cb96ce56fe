import { type Layout, layOut, type Scene, SceneMemo, sceneOf } from '@ridgeline/diagram';
import type { BenchCase, Prepared } from '../../../scripts/bench/bench-case.ts';
import { churnFleet, makeFleet, summariesOf } from './made-up-services.ts';
import { layWithDagre, layWithElk, movedShare, type Points, pointsOf } from './other-layouts.ts';

/** dagre needs minutes for 2,000 nodes, elk half of one: they are asked only on request. */
const withSlowOnes = process.env.BENCH_SLOW_LAYOUTS !== undefined;
const MODE = { mode: 'layered' } as const;

/** A picture, and the same after 1 % of its pods have been replaced or scaled. */
interface Pair {
  readonly before: Scene;
  readonly after: Scene;
  /** The ids of nodes that are in both with the same edges. */
  readonly untouched: readonly string[];
}

function pairOf(pods: number, mostCalls = 3): Pair {
  const fleet = makeFleet(pods, 7, mostCalls);
  const before = sceneOf(summariesOf(fleet));
  const after = sceneOf(summariesOf(churnFleet(fleet, 0.01)));
  const old = edgesByNode(before);
  const now = edgesByNode(after);
  return { before, after, untouched: [...now.keys()].filter((id) => old.get(id) === now.get(id)) };
}

function edgesByNode({ nodes, edges }: Scene): Map<string, string> {
  const ends = nodes.map(({ id }) => ({ id, near: [] as string[] }));
  for (const { from, to } of edges) {
    ends[from]?.near.push(`> ${nodes[to]?.id}`);
    ends[to]?.near.push(`< ${nodes[from]?.id}`);
  }
  return new Map(ends.map(({ id, near }) => [id, near.sort().join()]));
}

function describe({ nodes, edges }: Scene): string {
  return `${nodes.length.toLocaleString('en')} nodes, ${edges.length.toLocaleString('en')} edges`;
}

/** Takes its own samples, so that the note can say whether a budget is kept, and what the very first call took. */
function within(budgetMillis: number, run: () => unknown, note: () => string): Prepared {
  const taken: number[] = [];
  return {
    samples: 15,
    sample: () => {
      const start = performance.now();
      run();
      taken.push(performance.now() - start);
      return taken.at(-1) as number;
    },
    note: () => {
      const [first = 0, ...others] = taken;
      const median = others.sort((a, b) => a - b)[others.length >> 1] ?? first;
      // The machine may have other work: what the fastest run keeps is not missed for want of speed.
      const verdict =
        median <= budgetMillis
          ? 'kept'
          : Math.min(median, ...others) <= budgetMillis
            ? 'kept by the fastest only'
            : 'MISSED';
      return `${note()}; budget ${budgetMillis} ms: ${verdict}; the first call ${first.toFixed(0)} ms`;
    },
  };
}

function moved(before: Points, after: Points, untouched: readonly string[]): string {
  return `${(100 * movedShare(before, after, untouched)).toFixed(1)} % of untouched nodes move > 30 px after a 1 % delta`;
}

/** One layout with another library, thrown-away first one included: each takes seconds. */
function foreign(
  pods: number,
  lay: (scene: Scene) => Points | Promise<Points>,
  samples: number,
): () => Prepared {
  return () => {
    const { before, after, untouched } = pairOf(pods);
    let placed: Points = new Map();
    let replaced: Points | undefined;
    return {
      samples,
      // The first call, which is not counted, lays out the picture after the delta.
      sample: async () => {
        const isFirst = replaced === undefined;
        const start = performance.now();
        const points = await lay(isFirst ? after : before);
        const millis = performance.now() - start;
        if (isFirst) replaced = points;
        else placed = points;
        return millis;
      },
      note: () => `${describe(before)}; ${moved(placed, replaced as Points, untouched)}`,
    };
  };
}

function own(pods: number, budgetMillis: number): () => Prepared {
  return () => {
    const { before } = pairOf(pods);
    let laid: Layout | undefined;
    return within(
      budgetMillis,
      () => {
        laid = layOut(undefined, before, MODE);
      },
      () => {
        const { bounds, memory } = laid as Layout;
        const aspect = (bounds.width / bounds.height).toFixed(2);
        return `${describe(before)}; ${(100 * memory.drift).toFixed(1)} % of edges backwards, aspect ${aspect}`;
      },
    );
  };
}

function ownDelta(
  pods: number,
  mode: 'layered' | 'grouped',
  budgetMillis: number,
  mostCalls = 3,
): () => Prepared {
  return () => {
    const { before, after, untouched } = pairOf(pods, mostCalls);
    const first = layOut(undefined, before, { mode });
    let second = first;
    return within(
      budgetMillis,
      () => {
        second = layOut(first, after, { mode });
      },
      () => `${describe(before)}; ${moved(pointsOf(first), pointsOf(second), untouched)}`,
    );
  };
}

/** One size beside the two libraries; ours must be ten times as fast as each at 500 nodes. */
function beside(pods: number, budgetMillis: number, samples: number): readonly BenchCase[] {
  const ask = pods === 500 ? { ask: { atLeast: 10 } } : {};
  return [
    { name: `diagram/dagre-${pods}`, prepare: foreign(pods, layWithDagre, samples) },
    { name: `diagram/elk-${pods}`, prepare: foreign(pods, layWithElk, samples) },
    {
      name: `diagram/layered-${pods}`,
      baseline: `diagram/dagre-${pods}`,
      ...ask,
      prepare: own(pods, budgetMillis),
    },
    {
      name: `diagram/layered-${pods}-and-elk`,
      baseline: `diagram/elk-${pods}`,
      ...ask,
      prepare: own(pods, budgetMillis),
    },
  ];
}

export const benches: readonly BenchCase[] = [
  ...beside(100, 100, 3),
  ...beside(500, 180, 1),
  ...(withSlowOnes ? beside(2000, 500, 1) : [{ name: 'diagram/layered-2000', prepare: own(2000, 500) }]),
  { name: 'diagram/delta-100', prepare: ownDelta(100, 'layered', 16) },
  { name: 'diagram/delta-500', prepare: ownDelta(500, 'layered', 16) },
  { name: 'diagram/delta-2000', prepare: ownDelta(2000, 'layered', 100) },
  {
    name: 'diagram/grouped-10000',
    prepare: () => {
      const { before } = pairOf(10_000, 5);
      return within(
        200,
        () => layOut(undefined, before, { mode: 'grouped' }),
        () => `${describe(before)}, ${before.groups.length} groups`,
      );
    },
  },
  { name: 'diagram/grouped-delta-10000', prepare: ownDelta(10_000, 'grouped', 200, 5) },
  {
    name: 'diagram/scene-10000',
    prepare: () => {
      const nodes = summariesOf(makeFleet(10_000, 7, 5));
      return within(
        400,
        () => sceneOf(nodes),
        () => describe(sceneOf(nodes)),
      );
    },
  },
  {
    name: 'diagram/scene-delta-10000',
    prepare: () => {
      const memo = new SceneMemo();
      const fleet = makeFleet(10_000, 7, 5);
      const nodes = summariesOf(fleet);
      // As a patch leaves them: who is unchanged is the same object.
      const old = new Map(nodes.map((node) => [JSON.stringify(node), node]));
      const next = summariesOf(churnFleet(fleet, 0.01)).map((node) => old.get(JSON.stringify(node)) ?? node);
      let pictures = [nodes, next];
      return within(
        100,
        () => {
          pictures = pictures.reverse();
          return sceneOf(pictures[0] ?? [], {}, memo);
        },
        () => `${describe(sceneOf(next))}, looks remembered`,
      );
    },
  },
];
