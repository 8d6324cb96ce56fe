import { type DestinationStream, type Logger, pino } from 'pino';

/** A log of one JSON object a line: for machines that collect them. */
export function jsonLog(destination: DestinationStream): Logger {
  return pino({ level: 'info', base: null }, destination);
}
