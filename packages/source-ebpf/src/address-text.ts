/**
 * Writes a 16-byte address as text: IPv4-mapped ones as IPv4, others in the canonical form of RFC 5952 (lower case, the longest
 * run of zero groups, of two at least and the first of equals, as `::`).
 *
 * @param bytes - holds 16 bytes at `at`
 */
export function formatAddress(bytes: Buffer, at: number): string {
  if (
    bytes.readUInt32LE(at) === 0 &&
    bytes.readUInt32LE(at + 4) === 0 &&
    bytes.readUInt32BE(at + 8) === 0xffff
  ) {
    return `${bytes[at + 12]}.${bytes[at + 13]}.${bytes[at + 14]}.${bytes[at + 15]}`;
  }
  const groups: number[] = [];
  for (let index = 0; index < 16; index += 2) groups.push(bytes.readUInt16BE(at + index));
  const [start, length] = longestZeroRun(groups);
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (length < 2) return hex(groups);
  return `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`;
}

function longestZeroRun(groups: readonly number[]): [start: number, length: number] {
  let best: [number, number] = [0, 0];
  let start = 0;
  for (let index = 0; index <= groups.length; index++) {
    if (groups[index] === 0) continue;
    if (index - start > best[1]) best = [start, index - start];
    start = index + 1;
  }
  return best;
}
