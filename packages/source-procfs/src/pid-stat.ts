import type { ByteCursor } from './byte-cursor.ts';

/** What /proc/<pid>/stat says of a process; reused by its reader from process to process. */
export interface PidStat {
  pid: number;
  /** Where the kernel's short name (at most 15 bytes, any byte but NUL) stands in the bytes: `[commStart, commEnd)`. */
  commStart: number;
  commEnd: number;
  ppid: number;
  /** The kernel's PF_KTHREAD: a thread of the kernel, without a command line. */
  kernelThread: boolean;
  /** utime + stime, in clock ticks ({@link ticksPerSecond}). */
  cpuTicks: number;
  threads: number;
  /** Clock ticks between the machine's start and the process's. With the pid it names a process for good. */
  startTicks: number;
  /** Resident memory in pages. */
  residentPages: number;
}

/**
 * USER_HZ: the unit of every time in /proc/<pid>/stat and /proc/stat. It is 100 on every architecture that Node runs on
 * (Linux, include/asm-generic/param.h), so `getconf CLK_TCK` need not be asked.
 */
export const ticksPerSecond = 100;

const PF_KTHREAD = 0x0020_0000;

/** An empty record for {@link parsePidStat} to fill. */
export function emptyPidStat(): PidStat {
  return {
    pid: 0,
    commStart: 0,
    commEnd: 0,
    ppid: 0,
    kernelThread: false,
    cpuTicks: 0,
    threads: 0,
    startTicks: 0,
    residentPages: 0,
  };
}

/**
 * Reads /proc/<pid>/stat (proc_pid_stat(5)) into `into`.
 *
 * The name may hold blanks, parentheses and newlines: it ends at the *last* `)` of the file, since all that follows are
 * numbers and one letter.
 *
 * @returns false when the bytes are not a stat line; `into` is then meaningless
 */
export function parsePidStat(cursor: ByteCursor, bytes: Uint8Array, length: number, into: PidStat): boolean {
  cursor.reset(bytes, 0, length);
  into.pid = cursor.decimal();
  cursor.expect(0x20);
  cursor.expect(0x28);
  if (cursor.failed) return false;
  const commStart = cursor.at;
  const commEnd = lastParenthesis(bytes, commStart, cursor.end);
  if (commEnd < 0) return false;
  into.commStart = commStart;
  into.commEnd = commEnd;
  cursor.at = commEnd + 1;
  cursor.skipWords(1); // 3: state
  into.ppid = cursor.decimal(); // 4
  cursor.skipWords(4); // 5-8: pgrp, session, tty_nr, tpgid
  into.kernelThread = Math.floor(cursor.decimal() / PF_KTHREAD) % 2 === 1; // 9
  cursor.skipWords(4); // 10-13: page faults
  const userTicks = cursor.decimal(); // 14
  cursor.skipBlanks();
  into.cpuTicks = userTicks + cursor.decimal(); // 15
  cursor.skipWords(4); // 16-19: cutime, cstime, priority, nice
  into.threads = cursor.decimal(); // 20
  cursor.skipWords(1); // 21: itrealvalue
  into.startTicks = cursor.decimal(); // 22
  cursor.skipWords(1); // 23: vsize
  into.residentPages = Math.max(0, cursor.signedDecimal()); // 24
  return !cursor.failed;
}

function lastParenthesis(bytes: Uint8Array, from: number, end: number): number {
  for (let at = end - 1; at >= from; at--) if (bytes[at] === 0x29) return at;
  return -1;
}
