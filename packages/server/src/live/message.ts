import { promisify } from 'node:util';
import { constants, deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

/** Shorter messages are not worth packing. */
const PACK_AT_LEAST = 1400;
const TEXT_OPCODE = 1;
/** Ends what was flushed; the peer puts it back. Source: RFC 7692 §7.2.1. */
const FLUSH_BYTES = 4;

/** A message of a feed, made once for all its readers in each of the forms in which it leaves. */
export class Message {
  readonly text: string;
  #bytes: Buffer | undefined;
  #frame: Promise<Buffer> | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get bytes(): Buffer {
    this.#bytes ??= Buffer.from(this.text, 'utf8');
    return this.#bytes;
  }

  get isWorthPacking(): boolean {
    return this.text.length >= PACK_AT_LEAST;
  }

  /**
   * The message as one whole WebSocket frame, packed for peers that took the extension `permessage-deflate`: what a server
   * sends is not masked, and this refers to no earlier message, so that all readers get the same bytes.
   * Source: RFC 6455 §5.1, RFC 7692 §7.2.
   */
  get frame(): Promise<Buffer> {
    this.#frame ??= this.#pack();
    return this.#frame;
  }

  async #pack(): Promise<Buffer> {
    const { bytes } = this;
    // The fastest level: what repeats in pictures are ids, which any level finds. One chunk: no way there and back for each.
    const packed = await deflate(bytes, {
      level: constants.Z_BEST_SPEED,
      finishFlush: constants.Z_SYNC_FLUSH,
      chunkSize: Math.max(PACK_AT_LEAST, bytes.length >> 1),
    });
    const data = packed.subarray(0, packed.length - FLUSH_BYTES);
    return Buffer.concat([frameHead(data.length), data]);
  }
}

/** The head of a frame that is a whole packed text message: FIN, RSV1 and the opcode of texts, then its length. */
function frameHead(length: number): Buffer {
  const short = length < 126 ? length : length < 0x1_0000 ? 126 : 127;
  const head = Buffer.alloc(short < 126 ? 2 : short === 126 ? 4 : 10);
  head[0] = 0x80 | 0x40 | TEXT_OPCODE;
  head[1] = short;
  if (short === 126) head.writeUInt16BE(length, 2);
  if (short === 127) head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}
