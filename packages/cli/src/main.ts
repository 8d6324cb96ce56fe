import { readFileSync } from 'node:fs';
import type { Io } from './io.ts';
import { run } from './run.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const io: Io = {
  out: process.stdout,
  err: process.stderr,
  input: process.stdin,
  env: process.env,
  signals: process,
  exit: (code) => process.exit(code),
};

// A reader that has left (`| head`) is no failure: what else would be written is not wanted.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await run(io, process.argv.slice(2), version);
