import { type FileHandle, open } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { constants, createBrotliCompress } from 'node:zlib';
import { type Millis, type Report, type ReportOrigin, reportToJson } from '@ridgeline/core';
import type { RecordedReport, RecordingEnd, RecordingHeader } from './recording.ts';

/** What {@link openRecorder} takes. */
export interface RecorderOptions {
  readonly host: string;
  /** The wall clock. */
  readonly now: () => Millis;
  /** A clock that never runs backwards. */
  readonly monotonic: () => Millis;
  /** Replace a file that is there; else that is an error (`EEXIST`). */
  readonly overwrite?: boolean;
}

/** Writes reports to a file as they come. */
export interface Recorder {
  readonly reports: number;
  /**
   * Queues a report. What was written stays readable whatever happens later: each report is flushed.
   *
   * @returns when it is in the hands of the operating system
   * @throws (the promise) the error of the file: no space, no permission
   */
  write(origin: ReportOrigin, report: Report, interval: Millis): Promise<void>;
  /** Writes the last line and closes the file. Afterwards nothing is written. */
  close(): Promise<void>;
}

/** Quality and window as measured best for reports that resemble each other. */
const BROTLI = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 22 },
};

/**
 * Opens a recording: JSON lines in one brotli stream, flushed after each.
 *
 * @throws (the promise) the error of the file, `EEXIST` when it is there already
 */
export async function openRecorder(path: string, options: RecorderOptions): Promise<Recorder> {
  const file = new LineFile(await open(path, options.overwrite === true ? 'w' : 'wx'));
  const started = options.monotonic();
  const header: RecordingHeader = {
    ridgeline: 'recording',
    version: 1,
    started: options.now(),
    host: options.host,
  };
  const sinceStart = (): Millis => Math.round((options.monotonic() - started) * 1000) / 1000;
  let reports = 0;
  let closing: Promise<void> | undefined;
  await file.write(header).catch(async (error: unknown) => {
    await file.abandon();
    throw error;
  });
  return {
    get reports() {
      return reports;
    },
    write(origin, report, interval) {
      if (closing !== undefined) return Promise.resolve();
      reports++;
      return file.write({
        at: sinceStart(),
        interval,
        report: reportToJson({ ...report, origin: report.origin ?? origin }),
      });
    },
    close() {
      closing ??= file.close({ end: true, at: sinceStart() });
      return closing;
    },
  };
}

/** Lines of JSON in a brotli stream, each of which is with the operating system before the next is begun. */
class LineFile {
  readonly #file: FileHandle;
  readonly #brotli = createBrotliCompress(BROTLI);
  #compressed: Buffer[] = [];
  #last: Promise<void> = Promise.resolve();

  constructor(file: FileHandle) {
    this.#file = file;
    this.#brotli.on('data', (bytes: Buffer) => this.#compressed.push(bytes));
  }

  /** After a fault all further lines fail with it: a gap would not be seen later. */
  write(line: RecordingHeader | RecordedReport): Promise<void> {
    const text = `${JSON.stringify(line)}\n`;
    this.#last = this.#last.then(async () => {
      this.#brotli.write(text);
      await new Promise<void>((resolve) => {
        this.#brotli.flush(constants.BROTLI_OPERATION_FLUSH, () => resolve());
      });
      await this.#drain();
    });
    return this.#last;
  }

  async close(line: RecordingEnd): Promise<void> {
    try {
      await this.#last;
      this.#brotli.end(`${JSON.stringify(line)}\n`);
      await finished(this.#brotli);
      await this.#drain();
    } finally {
      await this.abandon();
    }
  }

  /** Closes the file as it is. */
  async abandon(): Promise<void> {
    this.#brotli.destroy();
    await this.#file.close();
  }

  async #drain(): Promise<void> {
    const bytes = Buffer.concat(this.#compressed);
    this.#compressed = [];
    await this.#file.writeFile(bytes);
  }
}
