import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { HttpError } from '../http-error.ts';

const unzip = promisify(gunzip);

/**
 * A body without its gzip, off the main thread.
 *
 * @param limit - bytes it may become; what would become more is given up on the way
 * @throws HttpError 413 or 400
 */
export async function unzipBody(body: Buffer, limit: number): Promise<Buffer> {
  try {
    return await unzip(body, { maxOutputLength: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new HttpError(413, 'BODY_TOO_LARGE', `the body is more than ${limit} bytes when unzipped`);
    throw new HttpError(400, 'BAD_BODY', 'the body is no whole gzip');
  }
}
