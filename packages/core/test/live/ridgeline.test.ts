import {
  applyDelta,
  definePlugin,
  defineSource,
  type Held,
  type Report,
  type SourceContext,
  type SourceStatus,
  sourceUnavailable,
  useSource,
} from '@ridgeline/core';
import { createRidgeline, type Ridgeline } from '@ridgeline/core/live';
import { BehaviorSubject, EMPTY, NEVER, Observable, of, Subject, throwError } from 'rxjs';
import { afterEach, expect, it, vi } from 'vitest';
import { containersPlugin, containersReport } from '../engine/containers-model.ts';

let ridgeline: Ridgeline | undefined;
afterEach(() => {
  ridgeline?.stop();
  vi.useRealTimers();
});

function ridgelineWith(connect: (context: SourceContext) => Observable<Report>, name = 'fed'): Ridgeline {
  const def = defineSource({
    name,
    description: 'fed by the test',
    produces: ['container'],
    interval: () => 1000,
    connect: (_, context) => connect(context),
  });
  const plugin = definePlugin({ name: 'feed', contribute: () => ({ sources: [useSource(def)] }) });
  const made = createRidgeline({
    plugins: [containersPlugin, plugin()],
    host: 'h',
    clock: { now: () => 0, monotonic: () => performance.now() },
    epoch: 'e',
  });
  ridgeline = made;
  return made;
}

it('follows a view by a reset and patches that end in the last picture', () => {
  const reports$ = new Subject<(context: SourceContext) => Report>();
  const made = ridgelineWith(
    (context) => new Observable((reader) => reports$.subscribe((make) => reader.next(make(context)))),
  );
  const request$ = new BehaviorSubject({ view: 'containers' });
  let held: Held<SourceStatus> | undefined;
  const kinds: string[] = [];
  made.watch(request$).subscribe((delta) => {
    kinds.push(delta.kind);
    const applied = applyDelta(held, delta);
    if (!applied.ok) throw new Error(applied.reason);
    held = applied.held;
  });

  made.start();
  reports$.next((context) => containersReport(context.symbols(), [{ id: 'a' }, { id: 'b' }]));
  reports$.next((context) =>
    containersReport(context.symbols(), [{ id: 'b' }, { id: 'c' }], { from: 0, to: 2000 }),
  );
  request$.next({ view: 'by-image' });
  request$.next({ view: 'containers' });

  expect(kinds[0]).toBe('reset');
  expect(kinds.filter((kind) => kind === 'reset')).toHaveLength(3);
  expect([...(held?.picture.nodes.keys() ?? [])]).toEqual(['b', 'c']);
  expect(held?.picture.nodes).toEqual(made.render({ view: 'containers' }).nodes);
});

it('names a source that throws, tries it again, and lets it recover', async () => {
  vi.useFakeTimers();
  let attempts = 0;
  const made = ridgelineWith((context) =>
    ++attempts === 1
      ? throwError(() => new Error('no such socket'))
      : new Observable((reader) => reader.next(containersReport(context.symbols(), [{ id: 'a' }]))),
  );

  made.start();
  expect(made.engine.sources).toMatchObject([
    { name: 'fed', state: 'failed', message: 'no such socket; tried again in 1 s' },
  ]);
  await vi.advanceTimersByTimeAsync(1000);

  expect(attempts).toBe(2);
  expect(made.engine.sources[0]).toMatchObject({ state: 'running', reports: 1 });
  expect(made.engine.sources[0]?.message).toBeUndefined();
});

it('gives up a source that cannot work here, with what would help, and does not try it again', async () => {
  vi.useFakeTimers();
  let attempts = 0;
  const made = ridgelineWith(() => {
    attempts++;
    return throwError(() => sourceUnavailable('fed', 'CAP_BPF is missing', 'run it as root'));
  });

  made.start();
  await vi.advanceTimersByTimeAsync(300_000);

  expect(attempts).toBe(1);
  expect(made.engine.sources).toMatchObject([
    {
      state: 'failed',
      givenUp: true,
      message: 'source "fed" is required and cannot work: CAP_BPF is missing (run it as root)',
    },
  ]);
});

it('keeps the reason of a source that says why it stops, and completes', () => {
  const made = ridgelineWith(({ notify }) => {
    notify({ state: 'stopped', message: 'there is no socket' });
    return EMPTY;
  });

  made.start();

  expect(made.engine.sources).toMatchObject([{ state: 'stopped', message: 'there is no socket' }]);
  expect(made.engine.sources[0]?.givenUp).toBeUndefined();
});

it('connects no source before start, and disconnects all on stop', () => {
  let connected = 0;
  const made = ridgelineWith(
    () =>
      new Observable(() => {
        connected++;
        return () => connected--;
      }),
  );

  expect(connected).toBe(0);
  made.start();
  expect(connected).toBe(1);
  made.stop();
  expect(connected).toBe(0);
});

it('gives a slow reader the newest picture in one delta', () => {
  const ready$ = new Subject<void>();
  const reports$ = new Subject<Report>();
  const made = ridgelineWith(() => reports$);
  const seen: number[] = [];
  made.start();
  made.watch(of({ view: 'containers' }), ready$).subscribe((delta) => {
    seen.push(delta.kind === 'reset' ? delta.snapshot.nodes.size : delta.add.length);
  });

  ready$.next();
  for (let n = 1; n <= 3; n++) {
    const containers = Array.from({ length: n }, (_, i) => ({ id: `c${i}` }));
    reports$.next(containersReport(made.engine.symbols, containers, { from: 0, to: n }));
  }
  expect(seen).toEqual([0]);
  ready$.next();
  expect(seen).toEqual([0, 3]);
});

it('keeps a source that never reports from holding up the others', () => {
  const made = ridgelineWith(() => NEVER);
  made.start();
  expect(made.render({ view: 'containers' }).ledger.total).toBe(0);
  expect(made.engine.sources[0]?.state).toBe('starting');
});
