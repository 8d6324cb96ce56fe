import { explainRefusal } from './explain-refusal.ts';
import type { Linux } from './linux.ts';

/** Foreign memory shared with the kernel. */
export interface MappedMemory {
  /** The bytes; `undefined` once unmapped. Ask for it anew each time: a view kept after `unmap` crashes the process. */
  readonly bytes: () => ArrayBuffer | undefined;
  /** Gives the memory back; a second call does nothing. */
  readonly unmap: () => void;
}

const PROT_READ = 1;
const PROT_WRITE = 2;
const MAP_SHARED = 1;
const MAP_FAILED = 0xffffffffffffffffn;

/**
 * Maps a file descriptor's memory, shared with the kernel.
 *
 * @param offsetBytes - a multiple of the page size
 * @throws LinuxError `CALL_REFUSED` when the kernel refuses
 */
export function mapShared(
  linux: Linux,
  fd: number,
  lengthBytes: number,
  offsetBytes: number,
  access: 'read' | 'read-write',
): MappedMemory {
  const protection = access === 'read' ? PROT_READ : PROT_READ | PROT_WRITE;
  const pointer = linux.native.mmap(null, lengthBytes, protection, MAP_SHARED, fd, offsetBytes);
  if (pointer === MAP_FAILED) throw explainRefusal('mmap', linux.errno());
  let view: ArrayBuffer | undefined = linux.viewOf(pointer, lengthBytes);
  return {
    bytes: () => view,
    unmap: () => {
      if (view === undefined) return;
      view = undefined;
      linux.native.munmap(pointer, lengthBytes);
    },
  };
}
