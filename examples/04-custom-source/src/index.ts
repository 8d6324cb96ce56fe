import {
  definePlugin,
  defineRenderer,
  defineSource,
  defineTopology,
  defineView,
  select,
  useSource,
} from '@ridgeline/core';
import { Observable } from 'rxjs';
import * as z from 'zod';
import { appId, CallLog } from './call-log.ts';
import { LineCutter } from './calls.ts';
import { type Files, realFiles } from './files.ts';

const callsOptions = z.strictObject({
  file: z.string().min(1).describe('the file, one call a line'),
  every: z.number().int().min(50).default(1000).describe('how often it is looked at, in milliseconds'),
  keep: z.number().positive().default(300_000).describe('how long a call is shown, in milliseconds'),
});

/** Tails a file of JSON lines `{ "at", "from", "to", "bytes" }`: who called whom. */
export function callsSource(files: Files = realFiles) {
  return defineSource({
    name: 'calls',
    description: 'calls between apps, from a file of JSON lines',
    produces: ['app'],
    options: callsOptions,
    interval: ({ every }) => every,
    connect: ({ file, every, keep }, context) =>
      // Cold: nothing is opened before somebody subscribes, and nothing is left after (law G1).
      new Observable((subscriber) => {
        const abort = new AbortController();
        const follow = async (): Promise<void> => {
          const log = new CallLog('calls', keep);
          const lines = new LineCutter();
          let offset = 0;
          while (!abort.signal.aborted) {
            const { bytes, size } = await files.readFrom(file, offset);
            if (abort.signal.aborted) return;
            if (size < offset) {
              // Shorter than before: it was begun anew.
              lines.reset();
              offset = 0;
              continue;
            }
            offset = size;
            log.add(lines.cut(bytes));
            if (log.lost > 0) {
              context.notify({ state: 'degraded', message: `${log.lost} lines of ${file} say no call` });
            } else context.notify({ state: 'running' });
            subscriber.next(log.report(context));
            await files.wait(every, abort.signal);
          }
        };
        // A file that cannot be read ends the stream with the reason: the engine says so, and tries again.
        follow().catch((error: unknown) => subscriber.error(error));
        return () => abort.abort();
      }),
  });
}

/** Apps, as they were reported. */
const apps = defineRenderer({ name: 'apps', plan: select('app'), declares: { selfLoops: 'keep' } });

/** The plugin: `plugins: [calls({ file: '/var/log/calls.jsonl' })]`. */
export const calls = definePlugin({
  name: 'calls',
  options: callsOptions,
  contribute: (options) => ({
    topologies: [
      defineTopology({
        name: 'app',
        templates: { shape: 'square', label: 'app', labelPlural: 'apps' },
        appearance: (node) => ({ label: appId.decode(node.id)?.[0] ?? node.id }),
        view: 'apps',
      }),
    ],
    sources: [useSource(callsSource(), options)],
    renderers: [apps],
    views: [defineView({ name: 'apps', label: 'Apps', rank: 5, renderer: apps })],
  }),
});
