import * as z from 'zod';
import { RUNGS, type Rung } from './reader-chain.ts';

/** Flows that are shown as connections: see {@link ConntrackOptions}. */
export type ShownFlows = 'none' | 'initial' | 'udp' | 'all';

/** What can be set of the source. */
export interface ConntrackOptions {
  /**
   * Flows that are shown as connections, beside the translations that always are.
   *
   * - `auto`: what the sources beside this one leave to it, which the process that runs them all says; `none` until it does.
   * - `none`: another source sees all connections.
   * - `initial`: those there are at the start, once, by a reader of its own that is stopped then: for a source that is told of
   *   events alone.
   * - `udp`: UDP only, for a source of connections that sees TCP only.
   * - `all`: when nobody is told of connections that come and go between two scans of /proc.
   */
  readonly flows: 'auto' | ShownFlows;
  /** Network namespaces to read: all that can be found, or only the one this process is in. */
  readonly namespaces: 'all' | 'own';
  /** How often to report, in milliseconds. */
  readonly every: number;
  /** How often the tables are read anew, in milliseconds: for counters, and for what no event told. */
  readonly sweepEvery: number;
  /** How much of one core these readings may take, 0..1: they come less often if they would take more. */
  readonly share: number;
  /** Ways of reading that are not to be tried. */
  readonly avoid: readonly Rung[];
}

/** Checks and completes the options. */
export const conntrackOptions: z.ZodType<ConntrackOptions> = z.strictObject({
  flows: z
    .enum(['auto', 'none', 'initial', 'udp', 'all'])
    .default('auto')
    .describe(
      'flows shown as connections beside the translations: `auto`, what the other sources leave to it; `initial`, those there are at the start',
    ),
  namespaces: z
    .enum(['all', 'own'])
    .default('all')
    .describe('network namespaces to read: all that can be found, or only that of this process'),
  every: z
    .number()
    .int()
    .min(50)
    .max(3_600_000)
    .default(1000)
    .describe('how often to report, in milliseconds'),
  sweepEvery: z
    .number()
    .int()
    .min(50)
    .max(86_400_000)
    .default(10_000)
    .describe(
      'how often the tables are read anew, in milliseconds: for counters, and for what no event told',
    ),
  share: z
    .number()
    .gt(0)
    .max(1)
    .default(0.05)
    .describe('how much of one core these readings may take: they come less often if they would take more'),
  avoid: z.array(z.enum(RUNGS)).default([]).describe('ways of reading that are not to be tried'),
});
