import { describeFailure, EXIT } from './failure.ts';
import { type Io, writeLines } from './io.ts';
import { buildProgram } from './program.ts';

/**
 * Runs the command with its arguments; never throws.
 *
 * @param args - what follows the program's name
 * @returns the exit code: 0 done, 1 failed, 2 a mistake in what was asked for
 */
export async function run(io: Io, args: readonly string[], version: string): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = buildProgram(io, version, (code) => {
    exitCode = code;
  });
  try {
    if (args.length === 0) {
      program.outputHelp({ error: true });
      return EXIT.usage;
    }
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    const failure = describeFailure(error);
    writeLines(io.err, failure.lines);
    return failure.exitCode;
  }
}
