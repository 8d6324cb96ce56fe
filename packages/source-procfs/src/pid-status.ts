import type { ByteCursor } from './byte-cursor.ts';

const uidLine = [0x55, 0x69, 0x64, 0x3a] as const; // "Uid:"

/**
 * The effective user id of /proc/<pid>/status: the second number of its `Uid:` line (real, effective, saved, file system).
 *
 * The `Name:` line before it is escaped by the kernel (fs/proc/array.c, proc_task_name), so a hostile name cannot fake a line.
 *
 * @returns `undefined` when there is no such line
 */
export function parseEffectiveUid(cursor: ByteCursor, bytes: Uint8Array, length: number): number | undefined {
  cursor.reset(bytes, 0, length);
  while (cursor.at < cursor.end) {
    if (startsWith(bytes, cursor.at, cursor.end, uidLine)) {
      cursor.at += uidLine.length;
      cursor.skipWords(1);
      const uid = cursor.decimal();
      return cursor.failed ? undefined : uid;
    }
    cursor.skipLine();
  }
  return undefined;
}

function startsWith(bytes: Uint8Array, at: number, end: number, prefix: readonly number[]): boolean {
  if (at + prefix.length > end) return false;
  for (let index = 0; index < prefix.length; index++) if (bytes[at + index] !== prefix[index]) return false;
  return true;
}
