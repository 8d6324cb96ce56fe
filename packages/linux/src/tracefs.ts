import { closeSync } from 'node:fs';
import { explainRefusal, type RefusalContext } from './explain-refusal.ts';
import type { Linux } from './linux.ts';

/** A tracefs that is mounted nowhere: only who holds it can look into it. */
export interface DetachedTracefs {
  /** A folder to read it by, good until it is closed, in this process alone. */
  readonly path: string;
  /** Gives it back; the kernel then forgets the mount. */
  readonly close: () => void;
}

// Source: include/uapi/linux/mount.h.
const FSOPEN_CLOEXEC = 1;
const FSCONFIG_CMD_CREATE = 6;
const FSMOUNT_CLOEXEC = 1;
/** MOUNT_ATTR_RDONLY, NOSUID, NODEV, NOEXEC: it is only read. */
const READ_ONLY = 0b1111;

/**
 * Mounts tracefs for this process alone, where the machine has not mounted it: nothing of it shows in any mount namespace, and it
 * goes with this process.
 *
 * @throws LinuxError `CALL_REFUSED` without CAP_SYS_ADMIN, or on a kernel without tracefs
 * @remarks fsopen(2), since Linux 5.2.
 */
export function mountTracefs(linux: Linux, context: RefusalContext = {}): DetachedTracefs {
  const { native, syscalls } = linux;
  const about = { ...context, subject: 'tracefs' };
  const settings = Number(native.fsopen(syscalls.fsopen, 'tracefs', FSOPEN_CLOEXEC));
  if (settings < 0) throw explainRefusal('fsopen', linux.errno(), about);
  try {
    if (Number(native.fsconfig(syscalls.fsconfig, settings, FSCONFIG_CMD_CREATE, null, null, 0)) < 0) {
      throw explainRefusal('fsconfig', linux.errno(), about);
    }
    const mount = Number(native.fsmount(syscalls.fsmount, settings, FSMOUNT_CLOEXEC, READ_ONLY));
    if (mount < 0) throw explainRefusal('fsmount', linux.errno(), about);
    let isOpen = true;
    return {
      path: `/proc/self/fd/${mount}`,
      close: () => {
        if (isOpen) closeSync(mount);
        isOpen = false;
      },
    };
  } finally {
    closeSync(settings);
  }
}
