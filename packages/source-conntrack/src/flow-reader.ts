import type { Flow, FlowEvent } from './flow.ts';

/** Reads the connection tracker of one network namespace, in one of several ways. */
export interface FlowReader {
  /** False when it only knows what {@link readAll} tells. */
  readonly hasEvents: boolean;
  /**
   * Whether the whole table is to be read for every report: without events it is all there is; with them, where flows are counted and
   * shown, it is what tells the bytes of those that have just ended: an event of a change of state does not.
   */
  readonly isPolled: boolean;
  /** Messages or lines that were not understood, so far. */
  readonly malformed: number;
  /**
   * Reads the whole table, or as much of it as is wanted, as steps; what must be waited for comes before them.
   *
   * @param take - given every entry found; more than what is wanted may be among them
   * @returns steps that end with true when the table was read whole, false when it changed too much meanwhile
   * @throws LinuxError, FlowReaderError: also out of the steps
   */
  readonly readAll: (take: (flow: Flow) => void) => Promise<Generator<void, boolean, void>>;
  /**
   * Reads what happened since, until there is nothing more, as steps.
   *
   * @returns steps that end with true when the kernel says that events were lost
   * @throws LinuxError
   */
  readonly drain: (take: (event: FlowEvent) => void) => Generator<void, boolean, void>;
  /** Gives every handle back. May be called twice. */
  readonly close: () => void;
}

/** What a reader is opened for. */
export interface FlowReaderOptions {
  /** A file of the namespace, as `/proc/<pid>/ns/net`; left out for the one this process is in. */
  readonly path?: string;
  /** Whether entries without NAT are of no interest. */
  readonly onlyTranslated: boolean;
  /** `none`: for one reading of the table. `ends`: beginnings and ends. `all`: changes of state, too. */
  readonly events: 'none' | 'ends' | 'all';
  /** Room for events not yet read, where the way of reading has any; default 8 MiB. */
  readonly receiveBufferBytes?: number;
}

/** A way of reading that does not work here; the message is one sentence. */
export class FlowReaderError extends Error {
  override readonly name = 'FlowReaderError';
  /** What the user may do about it. */
  readonly fix: string | undefined;

  constructor(message: string, fix?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.fix = fix;
  }
}
