import type { MsgpackCursor } from './msgpack-cursor.ts';
import { familyOf } from './msgpack-family.ts';

/** Passes whatever comes next. */
export function skipValue(cursor: MsgpackCursor, depth = 0): void {
  const lead = cursor.bytes[cursor.at];
  checkDepth(cursor, depth);
  switch (familyOf(lead)) {
    case 'map':
      for (let left = cursor.mapSize() * 2; left > 0; left--) skipValue(cursor, depth + 1);
      return;
    case 'list':
      for (let left = cursor.listSize(); left > 0; left--) skipValue(cursor, depth + 1);
      return;
    case 'text':
      cursor.text();
      return;
    case 'number':
      cursor.number();
      return;
    case 'flag':
      cursor.flag();
      return;
    default:
      throw cursor.unexpected('a value', lead);
  }
}

/** Passes whatever comes next and gives it in its JSON form; bytes are taken for text. */
export function readValue(cursor: MsgpackCursor, depth = 0): unknown {
  checkDepth(cursor, depth);
  if (cursor.nothing()) return null;
  const lead = cursor.bytes[cursor.at];
  switch (familyOf(lead)) {
    case 'map': {
      const entries: [string, unknown][] = [];
      for (let left = cursor.mapSize(); left > 0; left--) {
        entries.push([cursor.string(), readValue(cursor, depth + 1)]);
      }
      return Object.fromEntries(entries);
    }
    case 'list': {
      const items: unknown[] = [];
      for (let left = cursor.listSize(); left > 0; left--) items.push(readValue(cursor, depth + 1));
      return items;
    }
    case 'text':
      return cursor.string();
    case 'number':
      return cursor.number();
    case 'flag':
      return cursor.flag();
    default:
      throw cursor.unexpected('a value', lead);
  }
}

function checkDepth(cursor: MsgpackCursor, depth: number): void {
  if (depth > cursor.limits.depth) throw cursor.fault(`deeper than ${cursor.limits.depth} levels`);
}
