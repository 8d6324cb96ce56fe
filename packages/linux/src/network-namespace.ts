import { closeSync, fstatSync, openSync } from 'node:fs';
import { explainRefusal } from './explain-refusal.ts';
import type { Linux } from './linux.ts';
import { LinuxError } from './linux-error.ts';

const CLONE_NEWNET = 0x40000000;
const OWN_NAMESPACE = '/proc/thread-self/ns/net';

/**
 * Runs `act` with this thread inside another network namespace, and comes back.
 *
 * @param path - a namespace file: `/proc/<pid>/ns/net` or a bind mount such as `/run/netns/<name>`
 * @param act - must be synchronous: sockets it opens stay in that namespace, and the thread leaves it right after
 * @throws LinuxError `CALL_REFUSED` (CAP_SYS_ADMIN is needed), `UNREADABLE` when the file cannot be opened
 * @remarks setns(2) moves one thread. Node runs JavaScript on one thread, so nothing else can run in between. If the way back is
 *   refused the process is in the wrong namespace for good: that throws too, and the caller must end the process.
 */
export function inNetworkNamespace<T>(linux: Linux, path: string, act: () => T): T {
  const own = open(OWN_NAMESPACE);
  try {
    enter(linux, path);
    let outcome: { readonly value: T } | { readonly error: unknown };
    try {
      outcome = { value: act() };
    } catch (error) {
      outcome = { error };
    }
    // Being lost in another namespace outranks whatever act() threw.
    if (linux.native.setns(own, CLONE_NEWNET) !== 0) {
      throw explainRefusal('setns', linux.errno(), { subject: 'the way back to the own namespace' });
    }
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  } finally {
    closeSync(own);
  }
}

function enter(linux: Linux, path: string): void {
  const other = open(path);
  try {
    if (linux.native.setns(other, CLONE_NEWNET) === 0) return;
    throw explainRefusal('setns', linux.errno(), { subject: path });
  } finally {
    closeSync(other);
  }
}

/**
 * Inode of a network namespace: its name in the kernel's records, in /proc and in endpoint scopes.
 *
 * @throws LinuxError `UNREADABLE` when the file cannot be opened, e.g. because the process is gone
 */
export function networkNamespaceInode(path: string = OWN_NAMESPACE): number {
  const fd = open(path);
  try {
    return fstatSync(fd).ino;
  } finally {
    closeSync(fd);
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw new LinuxError('UNREADABLE', `${path} cannot be opened`, { subject: path }, undefined, cause);
  }
}
