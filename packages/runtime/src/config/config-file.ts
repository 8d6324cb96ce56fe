import { noPositions, type Positions } from './positions.ts';

/** One file of a config, as it was read. */
export interface ConfigFile {
  /** Absolute. */
  readonly file: string;
  /** As it is found from the working directory. */
  readonly name: string;
  /** What it says; checked by nobody yet. */
  readonly value: unknown;
  readonly positions: Positions;
}

/** Stands for a file that cannot be read, so that what is wrong with it has a place. */
export function unreadFile(file: string, name: string): ConfigFile {
  return { file, name, value: undefined, positions: noPositions };
}
