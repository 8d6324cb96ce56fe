import * as z from 'zod';

/** What can be set of the source. */
export interface ProcfsOptions {
  /** A folder that looks like /proc: the machine's own, or a copy, of which nothing outside is opened. */
  readonly root: string;
  /** The folder of `passwd` and `os-release`: by default /etc for /proc, and `etc` in the root for a copy. */
  readonly etc?: string | undefined;
  /** How often to scan, in milliseconds. */
  readonly every: number;
  /** How much of one core scans may take, 0..1: they come less often if they would take more. */
  readonly share: number;
}

/** Checks and completes the options; the defaults make `procfs` right for the machine it runs on. */
export const procfsOptions: z.ZodType<ProcfsOptions> = z.strictObject({
  root: z
    .string()
    .min(1)
    .default('/proc')
    .describe('a folder that looks like /proc: the machine’s own, or a copy'),
  etc: z
    .string()
    .min(1)
    .optional()
    .describe(
      'the folder of `passwd` and `os-release`: by default /etc for /proc, and `etc` in the root for a copy',
    ),
  every: z.number().int().min(50).max(3_600_000).default(1000).describe('how often to scan, in milliseconds'),
  share: z
    .number()
    .gt(0)
    .max(1)
    .default(0.1)
    .describe('how much of one core scans may take: they come less often if they would take more'),
});

/** Where `passwd` and `os-release` are looked for. */
export function etcFolder({ root, etc }: ProcfsOptions): string {
  return etc ?? (root === '/proc' || root === '/proc/' ? '/etc' : `${root}/etc`);
}
