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
    return gunzipSync(bytes, { maxOutputLength: limit });
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    throw badReport('', tooLarge ? `more than ${limit} bytes when unzipped` : 'damaged gzip', error);
  }
}
