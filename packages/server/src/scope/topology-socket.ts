import type { Millis } from '@ridgeline/core';
import { diffToJson } from '@ridgeline/scope-compat';
import type { Observable } from 'rxjs';
import type { WebSocket } from 'ws';
import type { Outlook } from '../outlook.ts';
import { type ScopeQuery, scopeNodes } from './answers.ts';

/** A faster reader than this would keep the server busy with it alone. */
const FASTEST: Millis = 50;
/** Node's timers know no longer wait. */
const SLOWEST: Millis = 2 ** 31 - 1;

/**
 * Follows a view as Scope's clients know it (WIRE.md §3.4): a message each tick, also when nothing changed; the first is a
 * reset. A tick that comes while the last message is still on its way is left out: the next one has it all.
 */
export function followTopology(
  socket: WebSocket,
  outlook: Outlook,
  view: string,
  query: ScopeQuery,
  every: Millis,
  shortcut$: Observable<void>,
): void {
  let before: ReturnType<typeof scopeNodes> | undefined;
  let isSending = false;
  const tick = (isNews: boolean): void => {
    if (isSending || socket.readyState !== socket.OPEN) return;
    const after = scopeNodes(outlook, view, query);
    const diff = diffToJson(before, after);
    // News of what a policy hides are none: only what comes by the clock may be empty.
    if (isNews && outlook.isRestricted && isEmpty(diff)) return;
    const text = JSON.stringify(diff);
    before = after;
    isSending = true;
    socket.send(text, (error) => {
      isSending = false;
      if (error !== undefined && error !== null) socket.terminate();
    });
  };
  const guarded = (isNews: boolean): void => {
    try {
      tick(isNews);
    } catch {
      // The seam to plugins: a view that cannot be rendered now ends this reader, who comes back; 1011 says that it was us.
      socket.close(1011);
    }
  };
  const timer = setInterval(() => guarded(false), Math.min(SLOWEST, Math.max(FASTEST, every)));
  const shortcuts = shortcut$.subscribe(() => guarded(true));
  socket.on('close', () => {
    clearInterval(timer);
    shortcuts.unsubscribe();
  });
  guarded(false);
}

function isEmpty(diff: ReturnType<typeof diffToJson>): boolean {
  return [diff.add, diff.update, diff.remove].every((part) => !Array.isArray(part) || part.length === 0);
}
