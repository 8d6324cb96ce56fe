import { defineSource, type Report, type SourceContext, type SourceDef } from '@ridgeline/core';
import { Observable } from 'rxjs';
import { SOURCE_NAME } from './build-endpoints.ts';
import { type ConntrackOptions, conntrackOptions } from './options.ts';
import { chooseRung } from './reader-chain.ts';
import { describeUnable } from './status.ts';
import { Tracking } from './tracking.ts';

/**
 * Address translations, and flows where they are asked for, from the kernel's connection tracker, in all network namespaces.
 *
 * The first report comes after the tables were read once. Where no way of reading works it says why, and reports nothing.
 *
 * @example
 * const reports$ = conntrack.connect({ ...defaults, flows: 'all' }, context);
 */
export const conntrack: SourceDef<ConntrackOptions> = defineSource<ConntrackOptions>({
  name: SOURCE_NAME,
  description: 'address translations and flows from the connection tracker',
  produces: ['endpoint'],
  options: conntrackOptions,
  interval: ({ every }) => every,
  connect: (options, context) =>
    new Observable<Report>((subscriber) => {
      const abort = new AbortController();
      track(options, context, abort.signal, (report) => subscriber.next(report)).catch((error: unknown) =>
        subscriber.error(error),
      );
      return () => abort.abort();
    }),
});

async function track(
  options: ConntrackOptions,
  context: SourceContext,
  signal: AbortSignal,
  emit: (report: Report) => void,
): Promise<void> {
  const { choice, open } = await chooseRung(options.avoid);
  if (signal.aborted) return;
  if (open === undefined) context.notify(describeUnable(choice));
  else await new Tracking({ options, context, choice, open, signal, emit }).run();
}
