import { isEqual } from '@ridgeline/core';
import type { JsonObject } from './json-object.ts';

/**
 * The message of the topology websocket from one list of nodes to the next (WIRE.md §3.4): empty parts are null.
 *
 * @param before - what was sent last; `undefined` when nothing was: the message is then a reset
 */
export function diffToJson(
  before: ReadonlyMap<string, JsonObject> | undefined,
  after: ReadonlyMap<string, JsonObject>,
): JsonObject {
  const add: JsonObject[] = [];
  const update: JsonObject[] = [];
  for (const [id, node] of after) {
    const known = before?.get(id);
    if (known === undefined) add.push(node);
    else if (!isEqual(known, node)) update.push(node);
  }
  const remove = [...(before?.keys() ?? [])].filter((id) => !after.has(id));
  return {
    add: orNull(add),
    update: orNull(update),
    remove: orNull(remove),
    ...(before === undefined ? { reset: true } : {}),
  };
}

function orNull<T>(items: readonly T[]): readonly T[] | null {
  return items.length === 0 ? null : items;
}
