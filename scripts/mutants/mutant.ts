/**
 * A small bug, put into one source file on purpose, that the laws must catch. No file is changed for it: the test
 * run that looks for it edits the source in memory (vitest-plugin.mjs).
 */
export interface Mutant {
  /** What the bug does, in kebab-case, e.g. `merge-lww-ignores-time`. */
  readonly name: string;
  /** The file it is in, relative to the workspace's root. */
  readonly file: string;
  /** The text that is replaced. It must occur in the file exactly once. */
  readonly find: string;
  /** What it becomes. It must still compile. */
  readonly replace: string;
  /** The files of laws that ought to catch it, relative to the workspace's root. */
  readonly laws: readonly string[];
}
