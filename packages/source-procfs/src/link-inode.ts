/**
 * The inode of a socket's link in /proc/<pid>/fd: 12345 for `socket:[12345]`.
 *
 * @returns -1 for a link to anything else. Socket inodes are 32-bit numbers (Linux, get_next_ino).
 */
export function socketInodeOf(link: string): number {
  // 's', 'o', 'c': nearly every other link starts with '/', 'a' (anon_inode) or 'p' (pipe), and a file may be named at will.
  return link.charCodeAt(0) === 0x73 && link.startsWith('socket:[') ? bracketed(link, 8) : -1;
}

/**
 * The inode of a network namespace's link: 4026531840 for `net:[4026531840]`.
 *
 * @returns -1 for anything else
 */
export function namespaceInodeOf(link: string): number {
  return link.startsWith('net:[') ? bracketed(link, 5) : -1;
}

function bracketed(link: string, from: number): number {
  const end = link.length - 1;
  if (end <= from || end - from > 10 || link.charCodeAt(end) !== 0x5d) return -1;
  let value = 0;
  for (let at = from; at < end; at++) {
    const digit = link.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value <= 0xffff_ffff ? value : -1;
}
