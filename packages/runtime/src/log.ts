import type { ErrorFacts } from '@ridgeline/core';

export type LogLevel = 'info' | 'warn' | 'error';

/** Where a process tells what happens to it. */
export type Log = (level: LogLevel, message: string, facts?: ErrorFacts) => void;

/** Says nothing. */
export const silentLog: Log = () => {};

/** One line for each message: `warn: source procfs on web-1: …`. */
export function lineLog(write: (line: string) => void): Log {
  return (level, message) => write(`${level === 'info' ? '' : `${level}: `}${message}\n`);
}
