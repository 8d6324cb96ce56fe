import type { ChainChoice } from './attach-chain.ts';
import type { KernelCounters } from './counters.ts';

/** What the child is started with. */
export interface ChildOptions {
  /** Size of the ring: a power of two, at least a page. */
  readonly ringBytes: number;
  /** Rungs to leave out, as `chain/rung`. */
  readonly avoid: readonly string[];
  /** How long records may wait until they are sent, in milliseconds, where there are few: a message costs more than its records. */
  readonly patienceMillis: number;
}

/** From the parent to the child. */
export type ChildCommand =
  | { readonly type: 'start'; readonly options: ChildOptions }
  | { readonly type: 'snapshot' }
  /** Send what there is. */
  | { readonly type: 'catch-up' }
  /** Which of these sockets are gone; both arrays have one entry a socket. */
  | { readonly type: 'confirm'; readonly sockets: Float64Array; readonly networkNamespaces: Uint32Array }
  | { readonly type: 'stop' };

/** From the child to the parent. */
export type ChildReport =
  | {
      readonly type: 'ready';
      readonly chains: readonly ChainChoice[];
      /** False when pids in records are not those that this process sees in /proc. */
      readonly inFirstPidNamespace: boolean;
    }
  /** Nothing can be told on this machine; the child ends by itself. */
  | {
      readonly type: 'unable';
      readonly reason: string;
      readonly fix?: string;
      readonly chains: readonly ChainChoice[];
    }
  /** Records in ring framing, in the order in which the kernel wrote them. */
  | { readonly type: 'records'; readonly bytes: Uint8Array }
  /** The answer to `catch-up`: with these records, all that the kernel had written when it was asked has been sent. */
  | { readonly type: 'caught-up'; readonly bytes: Uint8Array; readonly counters?: KernelCounters }
  /** A whole snapshot, packed; times are of the monotonic clock. Records that the kernel wrote before it began came before it. */
  | {
      readonly type: 'snapshot';
      readonly startedMillis: number;
      readonly endedMillis: number;
      readonly rows: Uint8Array;
    }
  | { readonly type: 'gone'; readonly sockets: Float64Array }
  | { readonly type: 'counters'; readonly counters: KernelCounters };
