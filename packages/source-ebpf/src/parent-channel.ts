import process from 'node:process';
import type { ChildReport } from './child-messages.ts';

/** Bytes sent and not yet taken by the channel; beyond it the ring is left to fill, and the kernel counts what it loses. */
const MAX_UNSENT_BYTES = 1 << 24;

/** The way to the parent, with the weight of what has not got through yet. */
export interface Sender {
  readonly send: (report: ChildReport, bytes?: number) => void;
  /** Sends a last report and ends the process once it is through. */
  readonly sendLast: (report: ChildReport) => void;
  readonly hasRoom: () => boolean;
}

export function createSender(): Sender {
  let unsentBytes = 0;
  return {
    send: (report, bytes = 0) => {
      if (!process.connected) return;
      unsentBytes += bytes;
      process.send?.(report, undefined, undefined, () => {
        unsentBytes -= bytes;
      });
    },
    sendLast: (report) => {
      process.send?.(report, undefined, undefined, () => process.exit(0));
    },
    hasRoom: () => unsentBytes < MAX_UNSENT_BYTES,
  };
}
