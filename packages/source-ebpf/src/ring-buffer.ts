import { type Linux, type MappedMemory, mapShared } from '@ridgeline/linux';
import { RECORD_BYTES } from './record-layout.ts';

/** A record in the ring: 8 bytes of the kernel's header, then the record. */
const RING_STRIDE_BYTES: number = RECORD_BYTES + 8;

const BUSY = 0x80000000;
const LENGTH_MASK = 0x3fffffff;

/** The reading end of a BPF ring buffer, shared with the kernel. */
export interface RingBuffer {
  /**
   * Takes what is there, at most `limitBytes`.
   *
   * @returns a copy of records in ring framing (`RING_STRIDE_BYTES` apart, the record 8 bytes in); empty when there is none
   */
  readonly take: (limitBytes: number) => Uint8Array;
  /** Bytes written by the kernel so far, and of these, bytes taken. */
  readonly writtenBytes: () => number;
  readonly takenBytes: () => number;
  readonly close: () => void;
}

const NOTHING = new Uint8Array(0);

/**
 * Maps a ring buffer: a page that this side writes (how far it has read), then a page that the kernel writes, then the data
 * twice in a row, so that no record is ever split. Source: kernel/bpf/ringbuf.c.
 *
 * @param sizeBytes - the ring's size, as it was created
 * @throws LinuxError `CALL_REFUSED`
 */
export function openRingBuffer(linux: Linux, fd: number, sizeBytes: number): RingBuffer {
  const page = linux.pageSizeBytes;
  const consumer = mapShared(linux, fd, page, 0, 'read-write');
  let producer: MappedMemory;
  try {
    producer = mapShared(linux, fd, page + 2 * sizeBytes, page, 'read');
  } catch (error) {
    consumer.unmap();
    throw error;
  }
  let views = viewsOf(consumer, producer, page, sizeBytes);
  let position = views === undefined ? 0 : Number(Atomics.load(views.consumed, 0));
  return {
    take: (limitBytes) => {
      if (views === undefined) return NOTHING;
      const start = position % sizeBytes;
      const length = readyBytes(
        views,
        position,
        Number(Atomics.load(views.produced, 0)),
        limitBytes,
        sizeBytes,
      );
      if (length === 0) return NOTHING;
      const copy = views.data.slice(start, start + length);
      position += length;
      Atomics.store(views.consumed, 0, BigInt(position));
      return copy;
    },
    writtenBytes: () => (views === undefined ? position : Number(Atomics.load(views.produced, 0))),
    takenBytes: () => position,
    close: () => {
      views = undefined; // before unmapping: a view that is touched afterwards ends the process
      consumer.unmap();
      producer.unmap();
    },
  };
}

interface RingViews {
  readonly consumed: BigInt64Array;
  readonly produced: BigInt64Array;
  readonly headers: Uint32Array;
  readonly data: Uint8Array;
}

function viewsOf(
  consumer: MappedMemory,
  producer: MappedMemory,
  page: number,
  sizeBytes: number,
): RingViews | undefined {
  const mine = consumer.bytes();
  const theirs = producer.bytes();
  if (mine === undefined || theirs === undefined) return undefined;
  return {
    consumed: new BigInt64Array(mine, 0, 1),
    produced: new BigInt64Array(theirs, 0, 1),
    headers: new Uint32Array(theirs, page, (2 * sizeBytes) / 4),
    data: new Uint8Array(theirs, page, 2 * sizeBytes),
  };
}

/** Bytes of finished records from `position` on: a record is busy between its reservation and its commit. */
function readyBytes(
  views: RingViews,
  position: number,
  produced: number,
  limitBytes: number,
  sizeBytes: number,
): number {
  const start = position % sizeBytes;
  const available = Math.min(produced - position, sizeBytes);
  let length = 0;
  while (length + RING_STRIDE_BYTES <= available && length + RING_STRIDE_BYTES <= limitBytes) {
    const header = Atomics.load(views.headers, (start + length) >>> 2);
    if ((header & BUSY) !== 0 || (header & LENGTH_MASK) !== RECORD_BYTES) break;
    length += RING_STRIDE_BYTES;
  }
  return length;
}
