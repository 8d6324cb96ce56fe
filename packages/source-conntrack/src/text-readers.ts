import { type ExecFileException, execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Flow } from './flow.ts';
import { type FlowReader, FlowReaderError, type FlowReaderOptions } from './flow-reader.ts';
import { parseFlowLine } from './parse-flow-line.ts';

const PROGRAM = 'conntrack';
const PROGRAM_MILLIS = 10_000;
/** Of 262,144 entries, a common limit of the kernel, at some 250 bytes a line. */
const MOST_BYTES = 128 << 20;
const LINES_A_STEP = 64;

/** Reads a connection tracker by the `conntrack` program: whole tables, no events. */
export function openProgramReader(options: FlowReaderOptions): FlowReader {
  const wanted = options.onlyTranslated ? ['--any-nat'] : [];
  return textReader(async () => {
    const texts: string[] = [];
    for (const family of ['ipv4', 'ipv6']) {
      texts.push(await run(options.path, ['-L', '-f', family, '-o', 'extended,id', ...wanted]));
    }
    return texts;
  });
}

/** Makes sure that the program is there and may look. */
export async function probeProgram(): Promise<void> {
  await run(undefined, ['-C']);
}

/** Reads a connection tracker from /proc: whole tables, no events. Named namespaces without a process cannot be read. */
export function openProcReader(options: FlowReaderOptions): FlowReader {
  const file = procFileOf(options.path);
  return textReader(async () => [await readTable(file)]);
}

/** Makes sure that the file is there and may be read. */
export async function probeProc(): Promise<void> {
  await readTable(procFileOf(undefined));
}

function textReader(fetch: () => Promise<readonly string[]>): FlowReader {
  let malformed = 0;
  function* parse(texts: readonly string[], take: (flow: Flow) => void): Generator<void, boolean, void> {
    for (const text of texts) {
      const lines = text.split('\n');
      for (const [index, line] of lines.entries()) {
        if (index % LINES_A_STEP === LINES_A_STEP - 1) yield;
        const flow = parseFlowLine(line);
        if (flow !== undefined) take(flow);
        else if (/\b(?:tcp|udp) /.test(line)) malformed++;
      }
    }
    return true;
  }
  return {
    hasEvents: false,
    isPolled: true,
    get malformed() {
      return malformed;
    },
    readAll: async (take) => parse(await fetch(), take),
    drain: noEvents,
    close: () => undefined,
  };
}

function* noEvents(): Generator<void, boolean, void> {
  yield;
  return false;
}

/** @param path - of another namespace, which `nsenter` (util-linux) is asked to enter */
function run(path: string | undefined, args: readonly string[]): Promise<string> {
  const [command = PROGRAM, ...rest] =
    path === undefined ? [PROGRAM, ...args] : ['nsenter', `--net=${path}`, PROGRAM, ...args];
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: MOST_BYTES, timeout: PROGRAM_MILLIS };
    execFile(command, rest, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(explain(command, error, stderr));
    });
  });
}

function explain(command: string, error: ExecFileException, stderr: string): FlowReaderError {
  if (error.code === 'ENOENT') {
    const its = command === PROGRAM ? 'conntrack (conntrack-tools)' : 'nsenter (util-linux)';
    return new FlowReaderError(`the program ${command} is not there`, `install ${its}`, error);
  }
  const said = stderr.trim().split('\n').at(-1);
  return new FlowReaderError(
    `the program ${command} refused: ${said === undefined || said === '' ? error.message : said}`,
    /permitted/.test(stderr) ? 'give it CAP_NET_ADMIN, or run it as root' : undefined,
    error,
  );
}

/** `/proc/<pid>/ns/net` is told by `/proc/<pid>/net`. */
function procFileOf(path: string | undefined): string {
  if (path === undefined) return '/proc/net/nf_conntrack';
  if (path.endsWith('/ns/net')) return `${path.slice(0, -'/ns/net'.length)}/net/nf_conntrack`;
  throw new FlowReaderError(`no process is in the namespace ${path}, and /proc tells of no other`);
}

async function readTable(file: string): Promise<string> {
  try {
    return await readFile(file, 'latin1');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new FlowReaderError(
        `there is no ${file}: the tracker is not loaded, or this kernel was built without the file (CONFIG_NF_CONNTRACK_PROCFS)`,
        undefined,
        error,
      );
    }
    throw new FlowReaderError(`${file} may not be read (${code})`, 'run it as root', error);
  }
}
