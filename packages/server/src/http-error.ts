import type { ErrorAnswer } from '@ridgeline/client/schema';
import { type ErrorCode, RidgelineError } from '@ridgeline/core';

/** An answer that is no success: the caller's mistake, in words for the caller. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly code: string;
  readonly fix: string | undefined;

  constructor(status: number, code: string, message: string, fix?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.fix = fix;
  }
}

/** The status of our own errors that a caller's words cause; the others are our fault, or a plugin's. */
const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  BAD_ID: 400,
  BAD_OPTIONS: 400,
  BAD_REPORT: 400,
  BAD_REQUEST: 400,
  UNKNOWN_NAME: 404,
};

/** What a caller is told of an error: never a trace, and of what nobody foresaw nothing but that it happened. */
export function describeError(error: unknown): { readonly status: number; readonly answer: ErrorAnswer } {
  if (error instanceof HttpError) return told(error.status, error.code, error.message, error.fix);
  if (error instanceof RidgelineError) {
    const status = STATUS[error.code];
    if (status !== undefined) return told(status, error.code, error.message, error.fix);
    if (error.code === 'PLUGIN_FAILED') return told(503, error.code, error.message, error.fix);
  }
  // Errors of the framework about the request: a body too large, a wrong media type, a broken address.
  const { statusCode, code, message } = error as { statusCode?: number; code?: string; message?: string };
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return told(statusCode, code ?? 'BAD_REQUEST', message ?? 'a bad request');
  return told(500, 'INTERNAL', 'something went wrong here; the log of the server says what');
}

function told(
  status: number,
  code: string,
  message: string,
  fix?: string,
): { readonly status: number; readonly answer: ErrorAnswer } {
  return { status, answer: { error: { code, message, ...(fix === undefined ? {} : { fix }) } } };
}
