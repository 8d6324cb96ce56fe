import { defineSource, type Report, type SourceDef } from '@ridgeline/core';
import { defer, distinctUntilChanged, EMPTY, NEVER, Observable, of, switchMap } from 'rxjs';
import { SOURCE_NAME } from './build-endpoints.ts';
import { type ConntrackOptions, conntrackOptions, type ShownFlows } from './options.ts';
import { chooseRung } from './reader-chain.ts';
import { describeUnable } from './status.ts';
import { Tracking, type TrackingParts } from './tracking.ts';

/**
 * Address translations, and flows where they are asked for, from the kernel's connection tracker, in all network namespaces.
 *
 * The first report comes after the tables were read once. Where no way of reading works it says why, and ends.
 *
 * @example
 * const reports$ = conntrack.connect({ ...defaults, flows: 'all' }, context);
 */
export const conntrack: SourceDef<ConntrackOptions> = createConntrack();

/** What a composition root may tell the source while it runs. */
export interface ConntrackGuide {
  /** Which flows `auto` is: it depends on what other sources see. */
  readonly flows$?: Observable<ShownFlows>;
}

/** The source, guided: it shows the flows that nobody else does. When that changes the tables are read anew. */
export function createConntrack({ flows$ = NEVER }: ConntrackGuide = {}): SourceDef<ConntrackOptions> {
  return defineSource<ConntrackOptions>({
    name: SOURCE_NAME,
    description: 'address translations and flows from the connection tracker',
    produces: ['endpoint'],
    options: conntrackOptions,
    interval: ({ every }) => every,
    connect: (options, context) =>
      defer(() => chooseRung(options.avoid)).pipe(
        switchMap(({ choice, open }) => {
          if (open === undefined) {
            context.notify(describeUnable(choice));
            return EMPTY;
          }
          const shown$ = options.flows === 'auto' ? guided(flows$) : of(options.flows);
          return shown$.pipe(
            switchMap((flows) => track({ options: { ...options, flows }, context, choice, open })),
          );
        }),
      ),
  });
}

/** What the guide says, from the start: it may have said it before. */
function guided(flows$: Observable<ShownFlows>): Observable<ShownFlows> {
  return new Observable<ShownFlows>((reader) => {
    let first: ShownFlows | undefined = 'none';
    const subscription = flows$.subscribe((flows) => {
      if (first === undefined) reader.next(flows);
      else first = flows;
    });
    reader.next(first);
    first = undefined;
    return subscription;
  }).pipe(distinctUntilChanged());
}

function track(parts: Omit<TrackingParts, 'signal' | 'emit'>): Observable<Report> {
  return new Observable<Report>((subscriber) => {
    const abort = new AbortController();
    const emit = (report: Report): void => subscriber.next(report);
    new Tracking({ ...parts, signal: abort.signal, emit })
      .run()
      .catch((error: unknown) => subscriber.error(error));
    return () => abort.abort();
  });
}
