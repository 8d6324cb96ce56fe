/**
 * The one entry of core that runs RxJS: sources in, live views out.
 *
 * @packageDocumentation
 */
export * from './conflate.ts';
export * from './create-ridgeline.ts';
export * from './ingest.ts';
export * from './pace-reports.ts';
export * from './watch.ts';
