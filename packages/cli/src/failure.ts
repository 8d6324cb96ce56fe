import { type ErrorCode, RidgelineError } from '@ridgeline/core';
import { CommanderError } from 'commander';

/** What a command ends with. */
export const EXIT: { readonly done: 0; readonly failed: 1; readonly usage: 2 } = {
  done: 0,
  failed: 1,
  usage: 2,
};

/** A mistake in what was asked for: told in its own words, without a trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly fix: string | undefined;

  constructor(message: string, fix?: string) {
    super(message);
    this.fix = fix;
  }
}

/** The codes of errors that the user's words cause. */
const USAGE_CODES: ReadonlySet<ErrorCode> = new Set(['BAD_OPTIONS', 'BAD_REQUEST', 'UNKNOWN_NAME']);

/** Errors of files, by code: what they are called. */
const FILE_ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'may not be opened',
  EEXIST: 'is there already',
  EISDIR: 'is a folder',
  ENOENT: 'does not exist',
  ENOSPC: 'cannot be written: no space is left',
  ENOTDIR: 'is not in a folder',
  EROFS: 'cannot be written: the file system is read-only',
};

/** What is told of an error, and the exit code it leads to. */
export interface Failure {
  readonly lines: readonly string[];
  readonly exitCode: number;
}

/** Turns whatever was thrown into words for the user; what nobody foresaw keeps its trace. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof CommanderError) {
    // Commander has written its words already.
    return { lines: [], exitCode: error.exitCode === 0 ? EXIT.done : EXIT.usage };
  }
  if (error instanceof UsageError) return told(error.message, error.fix, EXIT.usage);
  if (error instanceof RidgelineError) {
    return told(error.message, error.fix, USAGE_CODES.has(error.code) ? EXIT.usage : EXIT.failed);
  }
  const { code, path } = error as NodeJS.ErrnoException;
  if (code !== undefined && path !== undefined && FILE_ERRORS[code] !== undefined) {
    return told(`${path} ${FILE_ERRORS[code]}`, undefined, EXIT.failed);
  }
  if (code !== undefined && FILE_ERRORS[code] !== undefined) {
    return told(`the file ${FILE_ERRORS[code]}`, undefined, EXIT.failed);
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { lines: [`ridgeline: ${trace}`], exitCode: EXIT.failed };
}

function told(message: string, fix: string | undefined, exitCode: number): Failure {
  return { lines: [`ridgeline: ${message}`, ...(fix === undefined ? [] : [`  ${fix}`])], exitCode };
}
