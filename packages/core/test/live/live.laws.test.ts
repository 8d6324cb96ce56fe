import {
  asNodeId,
  defineSource,
  Engine,
  makeReport,
  type SourceContext,
  SymbolTable,
  TopologyBuilder,
} from '@ridgeline/core';
import { pictureOf, watchView } from '@ridgeline/core/live';
import {
  type Behaviour,
  endsAtTheLast,
  faultsStayApart,
  law,
  type SourceWorld,
  sourceLaws,
} from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { BehaviorSubject, Observable, Subject } from 'rxjs';
import { describe, it } from 'vitest';
import { containersPlugin, containersReport } from '../engine/containers-model.ts';

const options = { test: it };

describe('following a view', () => {
  const containers = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      state: fc.constantFrom('running', 'exited'),
      image: fc.constantFrom('i', 'j'),
      to: fc.subarray(['a', 'b']),
    }),
    { maxLength: 3, selector: ({ id }) => id },
  );
  const event = fc.oneof(
    fc.record({ host: fc.constantFrom('h', 'i'), containers }),
    fc.record({
      view: fc.constantFrom('containers', 'by-image'),
      stopped: fc.constantFrom('running', 'both'),
    }),
    fc.constant('ready' as const),
  );
  law(
    options,
    'F6',
    'ends equal to render(last report, last request), whatever the interleaving',
    [fc.scheduler(), fc.array(event, { maxLength: 8 }), fc.boolean()],
    (scheduler, events, isSlow) => {
      const engine = new Engine({ plugins: [containersPlugin] });
      const changes$ = new BehaviorSubject<void>(undefined);
      const ready$ = new Subject<void>();
      const request$ = new BehaviorSubject<Parameters<Engine['render']>[0]>({ view: 'containers' });
      return endsAtTheLast(scheduler, {
        deltas$: watchView({ engine, changes$, request$, epoch: 'e', ...(isSlow ? { ready$ } : {}) }),
        steps: events.map((happens, i) => () => {
          if (happens === 'ready') ready$.next();
          else if ('view' in happens) {
            const { view, stopped } = happens;
            request$.next(view === 'containers' ? { view, options: { stopped } } : { view });
          } else {
            const report = containersReport(new SymbolTable(), happens.containers, { from: 0, to: i });
            engine.ingest({ source: 's', host: happens.host }, report, 1000, { now: i, monotonic: i });
            changes$.next();
          }
        }),
        settle: () => ready$.next(),
        expected: () => pictureOf(engine.render(request$.value), engine.sources),
      });
    },
  );
});

describe('sources', () => {
  const behaviours = fc.constantFrom<Behaviour>(
    'works',
    'throws',
    'errors',
    'errors-later',
    'completes',
    'hangs',
  );
  law(
    options,
    'G2',
    'no source ends another, and status says who and why',
    [fc.array(behaviours, { maxLength: 5 })],
    faultsStayApart,
  );
});

/** A source that reports one process a beat of the world it is in. */
const beating = defineSource<{ readonly id: string }>({
  name: 'beating',
  description: 'one process a beat',
  produces: ['process'],
  interval: () => 1000,
  connect: ({ id }, context) =>
    new Observable((reader) => {
      const world = worlds.get(context) as BeatingWorld;
      world.asked++;
      world.open++;
      const beat = world.beats$.subscribe(() => {
        const symbols = context.symbols();
        const builder = new TopologyBuilder('process', symbols, context.now());
        builder.row(asNodeId(`${id};${context.now()}`));
        reader.next(
          makeReport({
            symbols,
            window: { from: context.now() - 1, to: context.now() },
            topologies: [builder.build()],
          }),
        );
      });
      beat.add(() => world.open--);
      return beat;
    }),
});

interface BeatingWorld {
  readonly beats$: Subject<void>;
  asked: number;
  open: number;
}
const worlds = new WeakMap<SourceContext, BeatingWorld>();

function openWorld(beats: number): SourceWorld {
  const world: BeatingWorld = { beats$: new Subject(), asked: 0, open: 0 };
  const symbols = new SymbolTable();
  let now = 0;
  const context: SourceContext = {
    host: 'h',
    now: () => now,
    monotonic: () => now,
    symbols: () => symbols,
    notify: () => undefined,
  };
  worlds.set(context, world);
  return {
    context,
    run: async () => {
      for (let beat = 0; beat < beats; beat++) {
        now++;
        world.beats$.next();
      }
    },
    handles: () => world.open,
    work: () => world.asked,
    close: () => world.beats$.complete(),
  };
}

describe('a source that keeps the laws', () => {
  sourceLaws(
    beating,
    { options: { id: 'p' }, open: openWorld },
    { test: it, recordings: fc.integer({ min: 1, max: 5 }) },
  );
});
