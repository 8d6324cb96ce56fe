/** Longer command lines are cut here, in bytes: a report is no place for a 2 MB argument list. */
export const commandLineLimitBytes = 4096;

/** A command line, as one text and as the name of what runs. */
export interface CommandLine {
  /** The arguments joined by blanks; empty for kernel threads and zombies. */
  readonly text: string;
  /** The program's own name: see {@link programName}; empty when the command line is. */
  readonly name: string;
}

/**
 * Reads /proc/<pid>/cmdline: arguments, each closed by NUL. A process may have written over its own arguments
 * (`setproctitle`), so there may be no NUL at all, or many at the end.
 */
export function parseCommandLine(bytes: Uint8Array, length: number): CommandLine {
  let end = Math.min(length, bytes.length, commandLineLimitBytes);
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === 0x20)) end--;
  if (end === 0) return { text: '', name: '' };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('utf8');
  const nul = text.indexOf('\0');
  const first = nul < 0 ? text : text.slice(0, nul);
  return { text: nul < 0 ? text : text.replaceAll('\0', ' '), name: programName(first) };
}

/**
 * The name of a program, from its first argument: the last part of its path, without the `-` of a login shell. A title such
 * as `nginx: worker process` or `sshd: me [priv]` is named by what stands before the colon.
 */
export function programName(argument: string): string {
  const colon = argument.indexOf(': ');
  const program = colon > 0 ? argument.slice(0, colon) : argument;
  const slash = program.lastIndexOf('/');
  const base = slash >= 0 && slash < program.length - 1 ? program.slice(slash + 1) : program;
  return base.length > 1 && base.startsWith('-') ? base.slice(1) : base;
}
