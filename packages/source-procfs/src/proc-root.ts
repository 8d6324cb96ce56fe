import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
} from 'node:fs';

/** Why something under the root could not be read. `gone`: the process ended meanwhile, or the file was never there. */
export type ReadFailure = 'none' | 'gone' | 'denied' | 'failed';

const initialBytes = 64 * 1024;
// A copy of /proc may hold a FIFO, whose open would wait for a writer.
const openFlags = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * Reads below one folder that looks like /proc, into one buffer that is reused. Synchronous on purpose: a read of /proc never
 * waits for a device, and a promise for each costs twice the time. Processes vanish between any two calls, so a failed read is
 * an ordinary result (`-1`, `undefined`) and {@link failure} tells the kind.
 */
export class ProcRoot {
  readonly path: string;
  /** Holds what the last `read…` brought, from 0 on; the next read overwrites it, and may replace the buffer. */
  buffer: Buffer = Buffer.allocUnsafeSlow(initialBytes);
  failure: ReadFailure = 'none';
  /** The machine's own /proc and /etc are trusted; in a copy no link is followed, so that nothing outside is ever opened. */
  private readonly isTrusted: boolean;

  constructor(path: string) {
    this.path = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
    this.isTrusted = this.path === '/proc' || this.path === '/etc';
  }

  /**
   * Reads a file that the kernel writes in one piece (everything about one process), with one `read`.
   *
   * @returns the number of bytes, at most `limitBytes`; or -1
   */
  readRecord(name: string, limitBytes: number = initialBytes): number {
    const fd = this.open(name);
    if (fd < 0) return -1;
    try {
      return readSync(fd, this.buffer, 0, Math.min(limitBytes, this.buffer.length), null);
    } catch (error) {
      return this.fail(error);
    } finally {
      closeSync(fd);
    }
  }

  /** Reads a whole file. @returns the number of bytes, or -1 */
  readWhole(name: string): number {
    const fd = this.open(name);
    if (fd < 0) return -1;
    try {
      let length = 0;
      for (;;) {
        if (length === this.buffer.length) this.growBuffer();
        const read = readSync(fd, this.buffer, length, this.buffer.length - length, null);
        if (read === 0) return length;
        length += read;
      }
    } catch (error) {
      return this.fail(error);
    } finally {
      closeSync(fd);
    }
  }

  /** A whole file as text, or `undefined`. */
  readText(name: string): string | undefined {
    const length = this.readWhole(name);
    return length < 0 ? undefined : this.buffer.toString('utf8', 0, length);
  }

  /** Opens a file for reading; the caller closes it with {@link close}. @returns -1 when it cannot be opened */
  open(name: string): number {
    this.failure = 'none';
    if (!this.isInside(name)) return -1;
    try {
      return openSync(`${this.path}/${name}`, openFlags);
    } catch (error) {
      return this.fail(error);
    }
  }

  /** Reads on into `buffer[at..]`. @returns 0 at the end; -1 when the reading failed */
  readOn(fd: number, at: number): number {
    try {
      return readSync(fd, this.buffer, at, this.buffer.length - at, null);
    } catch (error) {
      return this.fail(error);
    }
  }

  close(fd: number): void {
    closeSync(fd);
  }

  /** Names in a folder, or `undefined`. */
  list(name: string): string[] | undefined {
    this.failure = 'none';
    if (!this.isInside(name)) return undefined;
    try {
      return readdirSync(name === '' ? this.path : `${this.path}/${name}`);
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  /** Where a link points to, unfollowed; or `undefined`. */
  link(name: string): string | undefined {
    this.failure = 'none';
    if (!this.isInside(name.slice(0, Math.max(0, name.lastIndexOf('/'))))) return undefined;
    try {
      return readlinkSync(`${this.path}/${name}`);
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  /** When a file was last changed, in milliseconds of the wall clock; `undefined` when it cannot be read. */
  modifiedMillis(name: string): number | undefined {
    const fd = this.open(name);
    if (fd < 0) return undefined;
    try {
      return fstatSync(fd).mtimeMs;
    } finally {
      closeSync(fd);
    }
  }

  /** False, with a failure, if some part of a name in a copy is a link. */
  private isInside(name: string): boolean {
    if (this.isTrusted || name === '') return true;
    let path = this.path;
    for (const part of name.split('/')) {
      path = `${path}/${part}`;
      try {
        if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
          this.failure = 'failed';
          return false;
        }
      } catch (error) {
        this.fail(error);
        return false;
      }
    }
    return true;
  }

  private growBuffer(): void {
    const buffer = Buffer.allocUnsafeSlow(this.buffer.length * 2);
    this.buffer.copy(buffer);
    this.buffer = buffer;
  }

  private fail(error: unknown): -1 {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'ENOTDIR') this.failure = 'gone';
    else if (code === 'EACCES' || code === 'EPERM') this.failure = 'denied';
    else this.failure = 'failed';
    return -1;
  }
}
