/** Law G2: sources that misbehave. */
import {
  asNodeId,
  definePlugin,
  defineSource,
  makeReport,
  type Report,
  type SourceContext,
  TopologyBuilder,
  useSource,
} from '@ridgeline/core';
import { createRidgeline } from '@ridgeline/core/live';
import { NEVER, Observable, of, throwError } from 'rxjs';

/** How a source behaves: it reports and goes on, or reports and then fails, or never gets as far. */
export type Behaviour = 'works' | 'throws' | 'errors' | 'errors-later' | 'completes' | 'hangs';

const stateOf: Readonly<Record<Behaviour, string>> = {
  works: 'running',
  throws: 'failed',
  errors: 'failed',
  'errors-later': 'failed',
  completes: 'stopped',
  hangs: 'starting',
};

/**
 * G2: a source that throws, errors, hangs or completes never ends the merged stream, and its status says what it did
 * and why: all sources that report are in the joined report, those that come after a faulty one included.
 */
export function faultsStayApart(behaviours: readonly Behaviour[]): boolean {
  const sources = behaviours.map((behaviour, i) =>
    useSource(
      defineSource({
        name: `source-${i}`,
        description: `it ${behaviour}`,
        produces: ['process'],
        interval: () => 1000,
        connect: (_, context) => connect(behaviour, `source-${i}`, context),
      }),
    ),
  );
  const plugin = definePlugin({ name: 'misbehaving', contribute: () => ({ sources }) });
  const ridgeline = createRidgeline({
    plugins: [plugin()],
    host: 'h',
    clock: { now: () => 0, monotonic: () => 0 },
    epoch: 'e',
  });
  ridgeline.start();
  try {
    const { engine } = ridgeline;
    const reported = engine.report.topologies.get('process');
    return behaviours.every((behaviour, i) => {
      const status = engine.sources.find(({ name }) => name === `source-${i}`);
      const reports = behaviour === 'works' || behaviour === 'completes' || behaviour === 'errors-later';
      return (
        status?.state === stateOf[behaviour] &&
        (stateOf[behaviour] !== 'failed' || status.message?.includes(`source-${i} broke`) === true) &&
        (reported?.rowOf(`source-${i}`) !== undefined) === reports
      );
    });
  } finally {
    ridgeline.stop();
  }
}

function connect(behaviour: Behaviour, name: string, context: SourceContext): Observable<Report> {
  const fault = new Error(`${name} broke`);
  const builder = new TopologyBuilder('process', context.symbols(), 0);
  builder.row(asNodeId(name));
  const report = makeReport({
    symbols: context.symbols(),
    window: { from: 0, to: 1 },
    topologies: [builder.build()],
  });
  switch (behaviour) {
    case 'works':
      return new Observable((reader) => reader.next(report));
    case 'throws':
      throw fault;
    case 'errors':
      return throwError(() => fault);
    case 'errors-later':
      return new Observable((reader) => {
        reader.next(report);
        reader.error(fault);
      });
    case 'completes':
      return of(report);
    case 'hangs':
      return NEVER;
  }
}
