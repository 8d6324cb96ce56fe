import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Io } from '../src/io.ts';
import { run } from '../src/run.ts';
import type { TerminalEnv } from '../src/terminal/style.ts';

/** Runs the command in this process, with streams of its own: as a pipe sees it, or a terminal of a width. */
export async function runInProcess(
  args: readonly string[],
  { env = {}, columns }: { readonly env?: TerminalEnv; readonly columns?: number } = {},
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const text = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr'): Io['out'] =>
    Object.assign(new EventEmitter(), {
      ...(columns === undefined ? {} : { isTTY: true, columns, rows: 24 }),
      write: (chunk: string) => {
        text[name] += chunk;
        return true;
      },
    });
  const io: Io = {
    out: output('stdout'),
    err: output('stderr'),
    input: new PassThrough(),
    env,
    signals: new EventEmitter(),
    exit: (code) => {
      throw new Error(`it would end at once with ${code}`);
    },
  };
  const code = await run(io, args, '1.2.3');
  return { code, ...text };
}
