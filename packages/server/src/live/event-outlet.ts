import type { ServerResponse } from 'node:http';
import type { Outlet } from './follow.ts';

/** Messages of a feed as server-sent events; the id of each is `epoch:seq`, with which a browser comes back by itself. */
export function eventOutlet(response: ServerResponse): Outlet {
  return {
    send: ({ text }, place, sent) => {
      const id = place === undefined ? '' : `id: ${place.epoch}:${place.seq}\n`;
      // The callback comes when the bytes are with the kernel; of a response that is gone it never comes.
      response.write(`${id}data: ${text}\n\n`, (error) => {
        if (error === undefined || error === null) sent();
      });
    },
  };
}

/** The place in an id as {@link eventOutlet} writes it. */
export function parseEventId(
  text: string | undefined,
): { readonly epoch: string; readonly from: number } | undefined {
  const match = /^(.{1,128}):(\d{1,15})$/.exec(text ?? '');
  return match === null ? undefined : { epoch: match[1] as string, from: Number(match[2]) };
}
