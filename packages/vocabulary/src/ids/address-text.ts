/**
 * The canonical text of an address given as the four big-endian words of its IPv6 form; an IPv4-mapped address
 * (`::ffff:a.b.c.d`) is written as IPv4, since it is one (semantics.md §1).
 *
 * IPv6 follows RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups (the first of equal ones) as `::`.
 */
export function addressText(word0: number, word1: number, word2: number, word3: number): string {
  if (isMapped(word0, word1, word2)) return ipv4Text(word3);
  const groups = [
    word0 >>> 16,
    word0 & 0xffff,
    word1 >>> 16,
    word1 & 0xffff,
    word2 >>> 16,
    word2 & 0xffff,
    word3 >>> 16,
    word3 & 0xffff,
  ];
  const { start, length } = longestZeroRun(groups);
  if (length < 2) return groups.map(hexText).join(':');
  return `${groups.slice(0, start).map(hexText).join(':')}::${groups
    .slice(start + length)
    .map(hexText)
    .join(':')}`;
}

/** True if the words are those of `::ffff:0:0/96`. */
export function isMapped(word0: number, word1: number, word2: number): boolean {
  return word0 === 0 && word1 === 0 && word2 === 0xffff;
}

/** `a.b.c.d` of a big-endian word. */
export function ipv4Text(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
}

function hexText(group: number): string {
  return group.toString(16);
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (let index = 0; index <= groups.length; index++) {
    if (groups[index] === 0) continue;
    if (index - start > best.length) best = { start, length: index - start };
    start = index + 1;
  }
  return best;
}
