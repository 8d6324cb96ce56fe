import { gunzipSync } from 'node:zlib';
import { badReport } from './read-error.ts';

/** Whether the bytes begin as gzip does (RFC 1952 §2.3.1). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unzips a document.
 *
 * @param limit - bytes it may become
 * @throws RidgelineError `BAD_REPORT` when it is damaged, or larger
 */
export function unzip(bytes: Uint8Array, limit: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: limit, chunkSize: expectedSize(bytes, limit) });
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    throw badReport('', tooLarge ? `more than ${limit} bytes when unzipped` : 'damaged gzip', error);
  }
}

/** Deflate makes a byte of at most so many (zlib's own figure). */
const BEST_RATIO = 1032;
/** What zlib asks of a chunk. */
const LEAST_CHUNK = 64;

/**
 * How large the document will be: gzip says it in its last four bytes (RFC 1952 §2.3.1), which spares zlib making it of
 * pieces. It is not trusted beyond what the bytes could become.
 */
function expectedSize(bytes: Uint8Array, limit: number): number {
  const { length } = bytes;
  if (length < 18) return LEAST_CHUNK;
  const said = new DataView(bytes.buffer, bytes.byteOffset, length).getUint32(length - 4, true);
  return Math.max(LEAST_CHUNK, Math.min(said + 1, length * BEST_RATIO, limit));
}
