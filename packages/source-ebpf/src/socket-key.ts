/**
 * A kernel address as a number that keys a Map faster than a bigint would. Its upper 11 bits are the same for all sockets of a
 * machine (the direct map is smaller than 2^53 bytes), so they are cut.
 */
export function readSocket(bytes: Buffer, at: number): number {
  return (bytes.readUInt32LE(at + 4) & 0x1f_ffff) * 0x1_0000_0000 + bytes.readUInt32LE(at);
}
