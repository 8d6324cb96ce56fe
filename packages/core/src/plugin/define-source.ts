import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Observable } from 'rxjs';
import { badDefinition } from '../errors.ts';
import type { Millis } from '../ids/instant.ts';
import type { TopologyName } from '../ids/node-id.ts';
import type { SymbolTable } from '../ids/symbol-table.ts';
import type { Report } from '../model/report.ts';

/** How a source is, as it says itself or as the engine sees it. */
export type SourceState =
  | 'starting'
  | 'running'
  /** Works, but misses something: the message says what and what it costs the map. */
  | 'degraded'
  /** No report for three of its intervals. */
  | 'stale'
  /** Threw or ended; tried again with backoff where that can help. */
  | 'failed'
  | 'stopped';

/** What a source says of itself beside its reports. */
export interface SourceNotice {
  readonly state: SourceState;
  /** One sentence a user understands. */
  readonly message?: string;
  /** Failed for good: said by the engine of a source that threw `UNAVAILABLE`. */
  readonly givenUp?: true;
  /** Figures to show: share of a core, sockets seen, … */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}

/** What a source is given to work with; its functions may be taken out of it. */
export interface SourceContext {
  /** The name of this host. */
  readonly host: string;
  /** The wall clock. */
  readonly now: () => Millis;
  /** A clock that never runs backwards. */
  readonly monotonic: () => Millis;
  /** The table to build the next report in; asked for each report, since it is replaced now and then. */
  readonly symbols: () => SymbolTable;
  /** Says how the source is. */
  readonly notify: (notice: SourceNotice) => void;
}

/**
 * A source of reports. Cold: no work before it is subscribed, every handle closed after (law G1). It never retries.
 *
 * One that cannot work on this machine says so (`stopped`, with the reason) and completes; one that was asked for by all
 * means throws `sourceUnavailable()`. Neither is tried again.
 */
export interface SourceDef<Options = unknown, Input = unknown> {
  readonly kind: 'source';
  readonly name: string;
  readonly description: string;
  readonly produces: readonly TopologyName[];
  readonly options: StandardSchemaV1<Input, Options> | undefined;
  /** How often a report is due: a source is stale after three intervals. */
  interval(options: Options): Millis;
  connect(options: Options, context: SourceContext): Observable<Report>;
}

/** What {@link defineSource} takes. */
export interface SourceSpec<Options, Input = unknown> {
  readonly name: string;
  readonly description: string;
  readonly produces: readonly TopologyName[];
  /** Says what may be set: types, defaults and checks in one (zod, valibot, or any other Standard Schema). */
  readonly options?: StandardSchemaV1<Input, Options>;
  readonly interval: (options: Options) => Millis;
  readonly connect: (options: Options, context: SourceContext) => Observable<Report>;
}

/**
 * Defines a source. Its reports carry the host they come from in `window`, and are built in `context.symbols()`.
 *
 * @throws RidgelineError `BAD_DEFINITION` for a name that a config could not say
 */
export function defineSource<Options = Record<string, never>, Input = unknown>(
  spec: SourceSpec<Options, Input>,
): SourceDef<Options, Input> {
  if (!/^[a-z][a-z0-9-]*$/.test(spec.name)) {
    throw badDefinition('source', spec.name, 'not a name', 'use lower-case letters, digits and dashes');
  }
  return Object.freeze({
    kind: 'source',
    name: spec.name,
    description: spec.description,
    produces: spec.produces,
    options: spec.options,
    interval: spec.interval,
    connect: spec.connect,
  });
}
