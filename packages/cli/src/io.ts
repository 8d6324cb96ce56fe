import type { SignalSource } from '@ridgeline/runtime';
import { type Style, styleFor, type TerminalEnv } from './terminal/style.ts';

/** Where a command reads from and writes to: the process's own streams, or a test's. */
export interface Io {
  readonly out: OutputStream;
  readonly err: OutputStream;
  readonly input: InputStream;
  readonly env: TerminalEnv;
  readonly signals: SignalSource;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
}

/** The part of a stream that output needs. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
  on(event: 'resize' | 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
  off(event: 'resize' | 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/** A stream that keys may come from. */
export interface InputStream extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
}

/** The looks of what goes to an output. */
export function styleOf(stream: OutputStream, env: TerminalEnv): Style {
  return styleFor(stream.isTTY === true, env);
}

/** Columns of an output; a pipe has room for everything. */
export function widthOf(stream: OutputStream): number {
  return stream.isTTY === true ? (stream.columns ?? 80) : Number.POSITIVE_INFINITY;
}

/** Writes lines, the last with its end. */
export function writeLines(stream: OutputStream, lines: readonly string[]): void {
  if (lines.length > 0) stream.write(`${lines.join('\n')}\n`);
}
