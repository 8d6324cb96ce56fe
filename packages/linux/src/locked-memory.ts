import type { Linux } from './linux.ts';

const RLIMIT_MEMLOCK = 8;
const RLIM_INFINITY = 0xffffffffffffffffn;

/**
 * Lifts the limit on locked memory of this process, which maps count against on kernels before 5.11.
 *
 * @returns false when the kernel did not permit it, which matters on those kernels alone
 */
export function liftLockedMemoryLimit(linux: Linux): boolean {
  const limits = Buffer.alloc(16);
  limits.writeBigUInt64LE(RLIM_INFINITY, 0);
  limits.writeBigUInt64LE(RLIM_INFINITY, 8);
  return linux.native.setrlimit(RLIMIT_MEMLOCK, limits) === 0;
}
