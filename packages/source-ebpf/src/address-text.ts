import { addressText } from '@ridgeline/vocabulary';

/**
 * Writes a 16-byte address as text, as in the ids of endpoints: IPv4-mapped ones as IPv4, others in the form of RFC 5952.
 *
 * @param bytes - holds 16 bytes at `at`
 */
export function formatAddress(bytes: Buffer, at: number): string {
  return addressText(
    bytes.readUInt32BE(at),
    bytes.readUInt32BE(at + 4),
    bytes.readUInt32BE(at + 8),
    bytes.readUInt32BE(at + 12),
  );
}
