import { type FileHandle, open } from 'node:fs/promises';
import { type BrotliDecompress, constants, createBrotliDecompress } from 'node:zlib';
import { type Millis, RidgelineError } from '@ridgeline/core';
import { type Ending, RECORDING_MARK, type RecordedReport, type RecordingEnd } from './recording.ts';

/** Bytes that are read at once. */
const CHUNK_BYTES = 65_536;

/**
 * Bytes that are decompressed at once: few, since reports grow fiftyfold, and since of a piece with a fault in it nothing
 * comes out.
 */
const PIECE_BYTES = 1024;

/** One line may not be longer, whatever a file says: a text of V8 has a bound too. */
const LINE_BYTES = 400_000_000;

/**
 * Reads a recording report by report, compressed or as plain JSON lines.
 *
 * One that was cut off (a killed process, a full disk) is read up to its last whole report; the ending says so.
 *
 * @throws RidgelineError `BAD_REPORT` for a file that is no recording; the file's own errors (`ENOENT`)
 */
export async function* readRecording(path: string): AsyncGenerator<RecordedReport, Ending, undefined> {
  const lines = readLines(path);
  let reports = 0;
  let at: Millis = 0;
  try {
    const first = await lines.next();
    checkHeader(path, first.done === true ? '' : first.value);
    for (;;) {
      const next = await lines.next();
      if (next.done === true) return { reports, at, torn: describeTear(reports, next.value) };
      const line = parseLine(next.value);
      if (line === undefined) {
        return { reports, at, torn: describeTear(reports, `line ${reports + 2} is no JSON`) };
      }
      at = line.at;
      if ('end' in line) return { reports, at };
      reports++;
      yield line;
    }
  } finally {
    await lines.return('closed');
  }
}

/** Whether a file's first bytes are those of a recording. */
export async function isRecording(path: string): Promise<boolean> {
  const lines = readLines(path);
  try {
    const first = await lines.next();
    return first.done !== true && first.value.startsWith(RECORDING_MARK);
  } finally {
    await lines.return('closed');
  }
}

function describeTear(reports: number, reason: string): string {
  return `the recording was cut off after ${reports} whole ${reports === 1 ? 'report' : 'reports'}: ${reason}`;
}

function checkHeader(path: string, line: string): void {
  const header = line.startsWith(RECORDING_MARK)
    ? (parseLine(line) as unknown as { readonly version: number } | undefined)
    : undefined;
  if (header === undefined) {
    throw new RidgelineError(
      'BAD_REPORT',
      `${path} is no recording`,
      { path },
      'recordings are made by "ridgeline record FILE"',
    );
  }
  if (header.version !== 1) {
    throw new RidgelineError(
      'BAD_REPORT',
      `${path} is a recording of version ${header.version}; this Ridgeline reads version 1`,
      { path, version: header.version },
      'was it made by a newer Ridgeline?',
    );
  }
}

function parseLine(text: string): RecordedReport | RecordingEnd | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return typeof line === 'object' && line !== null ? (line as RecordedReport | RecordingEnd) : undefined;
  } catch {
    return undefined;
  }
}

/** The whole lines of a file; the result says why there are no more. */
async function* readLines(path: string): AsyncGenerator<string, string, undefined> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(2);
    const { bytesRead } = await file.read(head, 0, 2, 0);
    const chunks = head.toString('latin1', 0, bytesRead) === '{"' ? readChunks(file) : decompress(file);
    let rest: Buffer[] = [];
    let restBytes = 0;
    for (;;) {
      const next = await chunks.next();
      if (next.done === true) {
        return restBytes === 0 ? next.value : `${next.value}, in the middle of a line`;
      }
      let from = 0;
      for (let end = next.value.indexOf(10); end >= 0; end = next.value.indexOf(10, from)) {
        rest.push(next.value.subarray(from, end));
        yield Buffer.concat(rest).toString('utf8');
        rest = [];
        restBytes = 0;
        from = end + 1;
      }
      rest.push(next.value.subarray(from));
      restBytes += next.value.length - from;
      if (restBytes > LINE_BYTES) return `a line is longer than ${LINE_BYTES} bytes`;
    }
  } finally {
    await file.close();
  }
}

async function* readChunks(file: FileHandle): AsyncGenerator<Buffer, string, undefined> {
  for (;;) {
    // A new buffer each time: the decompressor and unfinished lines hold on to the last one.
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES);
    if (bytesRead === 0) return 'the file ends there';
    yield buffer.subarray(0, bytesRead);
  }
}

async function* decompress(file: FileHandle): AsyncGenerator<Buffer, string, undefined> {
  const brotli = createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH });
  let failure: Error | undefined;
  let output: Buffer[] = [];
  // Flowing from the start: what was decompressed before a fault must not be thrown away with it.
  brotli.on('data', (chunk: Buffer) => output.push(chunk));
  brotli.on('error', (error) => {
    failure = error;
  });
  try {
    for await (const chunk of readChunks(file)) {
      for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
        await decompressPiece(brotli, chunk.subarray(from, from + PIECE_BYTES));
        const ready = output;
        output = [];
        yield* ready;
        if (failure !== undefined) return `the bytes after it are damaged (${failure.message})`;
      }
    }
    return 'the file ends there';
  } finally {
    brotli.destroy();
  }
}

/** Resolves when a piece has been worked off, with or without a fault. */
function decompressPiece(brotli: BrotliDecompress, piece: Buffer): Promise<void> {
  return new Promise((resolve) => {
    brotli.once('close', resolve);
    brotli.write(piece, () => {
      brotli.off('close', resolve);
      resolve();
    });
  });
}
