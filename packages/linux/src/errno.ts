/**
 * Names and plain words of the error numbers that the calls of this package give.
 * Source: include/uapi/asm-generic/errno-base.h, errno.h; the numbers agree on x64 and arm64.
 */
const ERRNO: Readonly<Record<number, readonly [name: string, words: string]>> = {
  1: ['EPERM', 'the kernel does not permit it'],
  2: ['ENOENT', 'the kernel has no such thing'],
  3: ['ESRCH', 'there is no such process or kernel function'],
  4: ['EINTR', 'a signal interrupted the call'],
  5: ['EIO', 'an input/output error occurred'],
  6: ['ENXIO', 'there is no such device'],
  7: ['E2BIG', 'the request is larger than this kernel understands'],
  9: ['EBADF', 'the handle is closed or of another kind'],
  11: ['EAGAIN', 'nothing is there yet'],
  12: ['ENOMEM', 'the kernel is out of memory for it'],
  13: ['EACCES', 'access is denied'],
  14: ['EFAULT', 'an address is not valid'],
  16: ['EBUSY', 'it is in use already'],
  17: ['EEXIST', 'it exists already'],
  19: ['ENODEV', 'there is no such device'],
  20: ['ENOTDIR', 'a part of the path is no directory'],
  21: ['EISDIR', 'the path is a directory'],
  22: ['EINVAL', 'this kernel does not understand the request'],
  23: ['ENFILE', 'the machine has too many open files'],
  24: ['EMFILE', 'this process has too many open files'],
  28: ['ENOSPC', 'the room set aside for it is used up'],
  32: ['EPIPE', 'the other end is closed'],
  38: ['ENOSYS', 'this kernel was built without the call'],
  75: ['EOVERFLOW', 'a value does not fit'],
  92: ['ENOPROTOOPT', 'this kernel has no such socket option'],
  93: ['EPROTONOSUPPORT', 'this kernel was built without the protocol'],
  95: ['EOPNOTSUPP', 'this kernel does not support it'],
  97: ['EAFNOSUPPORT', 'this kernel was built without the address family'],
  98: ['EADDRINUSE', 'the address is in use'],
  99: ['EADDRNOTAVAIL', 'the address is not available on this host'],
  100: ['ENETDOWN', 'the network is down'],
  101: ['ENETUNREACH', 'no route leads to the network'],
  103: ['ECONNABORTED', 'the connection was aborted'],
  104: ['ECONNRESET', 'the peer reset the connection'],
  105: ['ENOBUFS', 'the receive buffer overflowed and messages were dropped'],
  107: ['ENOTCONN', 'it is not connected'],
  110: ['ETIMEDOUT', 'the peer did not answer in time'],
  111: ['ECONNREFUSED', 'the peer refused the connection'],
  112: ['EHOSTDOWN', 'the host is down'],
  113: ['EHOSTUNREACH', 'no route leads to the host'],
  524: ['ENOTSUPP', 'this kernel does not support it'],
};

/** The C name of an error number, or `errno N` for one that is not in the table. */
export function errnoName(errno: number): string {
  return ERRNO[errno]?.[0] ?? `errno ${errno}`;
}

/** What an error number says, in words that need no manual. */
export function errnoWords(errno: number): string {
  return ERRNO[errno]?.[1] ?? 'the kernel refused without a known reason';
}
