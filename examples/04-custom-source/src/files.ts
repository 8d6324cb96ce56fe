import { open } from 'node:fs/promises';

/** What the source needs of the world. A test gives it another one, whose files and time it tells. */
export interface Files {
  /** What a file holds from an offset on, and how long it is. */
  readFrom(path: string, offset: number): Promise<{ readonly bytes: Uint8Array; readonly size: number }>;
  /** Resolves after a while, or as soon as it is given up. */
  wait(millis: number, signal: AbortSignal): Promise<void>;
}

/** The files of this machine. */
export const realFiles: Files = {
  async readFrom(path, offset) {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const bytes = new Uint8Array(Math.max(0, size - offset));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
      return { bytes: bytes.subarray(0, bytesRead), size: Math.min(size, offset + bytesRead) };
    } finally {
      await file.close();
    }
  },
  wait(millis, signal) {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, millis);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  },
};
