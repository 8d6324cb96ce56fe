import { RidgelineError } from '@ridgeline/core';

/**
 * A report that cannot be read.
 *
 * @param path - where in the document, as a JSON pointer; "" is the document itself
 */
export function badReport(path: string, problem: string, cause?: unknown): RidgelineError {
  const where = path === '' ? 'the report' : `the report at ${path}`;
  return new RidgelineError(
    'BAD_REPORT',
    `cannot read ${where}: ${problem}`,
    { path, problem },
    'send a report of Weave Scope 1.13 as JSON or msgpack, gzipped or not',
    cause,
  );
}

/** A step of a JSON pointer (RFC 6901 §3). */
export function pointerStep(key: string | number): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
