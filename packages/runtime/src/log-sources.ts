import type { SourceState, SourceStatus, SourceStatuses } from '@ridgeline/core';
import type { Observable, Subscription } from 'rxjs';
import type { Log, LogLevel } from './log.ts';

const LEVEL: Readonly<Record<SourceState, LogLevel>> = {
  starting: 'info',
  running: 'info',
  degraded: 'warn',
  stale: 'warn',
  failed: 'error',
  stopped: 'info',
};

/** Logs each change of a source's state, and each new message, once. */
export function logSources(sources$: Observable<SourceStatuses>, log: Log): Subscription {
  const told = new Map<string, string>();
  return sources$.subscribe((statuses) => {
    for (const status of statuses) {
      const key = JSON.stringify([status.name, status.host]);
      const sentence = describeSource(status);
      // Figures in a message change with every report; the state and the kind of trouble do not.
      const gist = sentence.replace(/\d+/g, '#');
      if (told.get(key) === gist) continue;
      told.set(key, gist);
      if (status.state !== 'starting') log(LEVEL[status.state], sentence, status.facts);
    }
  });
}

/** `source procfs on web-1 is degraded: …` */
export function describeSource({ name, host, state, message }: SourceStatus): string {
  return `source ${name} on ${host} is ${state}${message === undefined ? '' : `: ${message}`}`;
}
