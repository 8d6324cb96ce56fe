import { LinuxError } from './linux-error.ts';

const HEADER_BYTES = 4;
/** Type bits of an attribute, without the nested and byte-order flags (NLA_TYPE_MASK). */
const TYPE_MASK = 0x3fff;

/**
 * Walks the attributes of a netlink payload one by one, as `splitAttributes` does but without making anything: for tables of
 * many thousand entries. Reused from payload to payload; for nested attributes take a second one.
 *
 * @example
 * const attributes = new AttributeCursor();
 * for (attributes.enter(bytes, message.start + 4, message.end); attributes.next(); ) read(attributes.type, attributes.start);
 */
export class AttributeCursor {
  /** Of the attribute that `next` came to. */
  type = 0;
  /** Where its payload begins and ends, in bytes of the datagram. */
  start = 0;
  end = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #next = 0;
  #limit = 0;

  /** Begins anew with the attributes in `start..end` of a datagram. */
  enter(bytes: Buffer, start: number, end: number): void {
    this.#bytes = bytes;
    this.#next = start;
    this.#limit = Math.min(end, bytes.length);
  }

  /**
   * Goes to the next attribute.
   *
   * @returns false after the last; up to three bytes of padding may follow it
   * @throws LinuxError `NETLINK_MALFORMED` when a length runs out of the payload
   * @remarks Law: `start..end` never leaves the payload, and each call moves on, whatever the bytes are.
   */
  next(): boolean {
    const at = this.#next;
    if (at + HEADER_BYTES > this.#limit) return false;
    const length = this.#bytes.readUInt16LE(at);
    if (length < HEADER_BYTES || length > this.#limit - at) {
      throw new LinuxError(
        'NETLINK_MALFORMED',
        `a netlink attribute at byte ${at} claims ${length} bytes, which does not fit`,
      );
    }
    this.type = this.#bytes.readUInt16LE(at + 2) & TYPE_MASK;
    this.start = at + HEADER_BYTES;
    this.end = at + length;
    this.#next = at + ((length + 3) & ~3);
    return true;
  }
}
