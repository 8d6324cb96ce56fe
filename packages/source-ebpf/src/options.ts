import * as z from 'zod';

/** What can be set of the source. */
export interface EbpfOptions {
  /** `auto`: on where it works; `require`: an error where it does not; `off`. */
  readonly mode: 'off' | 'auto' | 'require';
  /** Size of the ring between the kernel and this side: a power of two. */
  readonly ringBytes: number;
  /** How often to report, in milliseconds. */
  readonly every: number;
  /** How often the whole state is read again, in milliseconds. After a loss it is read at once. */
  readonly snapshotEvery: number;
  /** Connections kept of each process to each remote address and port, the others being counted onto them; `all` keeps every one. */
  readonly keep: number | 'all';
  /**
   * `snapshot`: UDP peers are seen when a snapshot meets their connected socket. `events`: when they send, however short-lived, at the
   * price of a program that runs at every send of every socket of the machine.
   */
  readonly udp: 'snapshot' | 'events';
  /** Ways of attaching to leave out, as `chain/rung`, e.g. `accept/fexit`. */
  readonly avoid: readonly string[];
  /** A command that runs the privileged child, e.g. `['sudo', '-C', '4']`. It must keep file descriptor 3. */
  readonly wrapper: readonly string[];
}

/** The rung that `udp: 'snapshot'` leaves out. */
export const UDP_EVENTS = 'udp/sock_send_length';

const MIN_RING_BYTES = 65_536; // a page on every architecture
const MAX_RING_BYTES = 2 ** 30;

/** Checks and completes the options. */
export const ebpfOptions: z.ZodType<EbpfOptions> = z.strictObject({
  mode: z
    .enum(['off', 'auto', 'require'])
    .default('auto')
    .describe('`auto`: on where it works; `require`: an error where it does not'),
  ringBytes: z
    .number()
    .int()
    .min(MIN_RING_BYTES)
    .max(MAX_RING_BYTES)
    .refine((bytes) => Number.isInteger(Math.log2(bytes)), 'must be a power of two')
    .default(8 * 1024 * 1024)
    .describe('size of the ring between the kernel and this side: a power of two'),
  every: z
    .number()
    .int()
    .min(50)
    .max(3_600_000)
    .default(1000)
    .describe('how often to report, in milliseconds'),
  snapshotEvery: z
    .number()
    .int()
    .min(1000)
    .max(86_400_000)
    .default(60_000)
    .describe('how often the whole state is read again, in milliseconds; after a loss it is read at once'),
  keep: z
    .union([z.number().int().min(1).max(65_536), z.literal('all')])
    .default(4)
    .describe(
      'connections kept of each process to each remote address and port, the others being counted onto them; `all` keeps every one',
    ),
  udp: z
    .enum(['snapshot', 'events'])
    .default('snapshot')
    .describe(
      '`events`: UDP peers are seen when they send, however short-lived, at the price of a program at every send of the machine',
    ),
  avoid: z
    .array(z.string().regex(/^(state|accept|snapshot|udp)\/[a-z_]+$/, 'must be "chain/rung"'))
    .default([])
    .describe('ways of attaching to leave out, as `chain/rung`: `accept/fexit`'),
  wrapper: z
    .array(z.string().min(1))
    .default([])
    .describe('a command that runs the privileged child and keeps file descriptor 3: `[sudo, -C, "4"]`'),
});
