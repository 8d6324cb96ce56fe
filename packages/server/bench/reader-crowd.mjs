// Many readers of live views in a process of their own, for server.bench.ts. They speak just enough of WebSocket (RFC 6455 §5.2)
// to find where messages end: five hundred of them that read JSON, too, would measure themselves on a small machine.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { constants, inflateRawSync } from 'node:zlib';

/** @typedef {{ readonly path: string, readonly at: number[], readonly arrived: number[], bytes: number, isClosed: boolean }} Reader */

/** What browsers offer; without it, readers are sent plain text. */
const isPlain = process.env.BENCH_PLAIN === '1';
/** @type {Reader[]} */
const readers = [];
/** Readers that connect at the same time. */
const AT_ONCE = 50;
/** Packed, the time of a picture stands behind the tables of the first block. */
const HEAD_BYTES = 1024;

/**
 * @param {string} url
 * @param {string} path
 * @param {boolean} isStalled it reads nothing after the answer to its request
 * @returns {Promise<Reader>} once it was upgraded
 */
function follow(url, path, isStalled) {
  const word = isPlain ? '' : 'Sec-WebSocket-Extensions: permessage-deflate\r\n';
  const { hostname, port, host } = new URL(url);
  /** @type {Reader} */
  const reader = { path, at: [], arrived: [], bytes: 0, isClosed: false };
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    /** What is left of the message that is coming, and its beginning. */
    let left = 0;
    let isPacked = false;
    let head = Buffer.alloc(0);
    /** The beginning of a frame that came in part. */
    let rest = Buffer.alloc(0);
    let isUpgraded = false;
    const endMessage = () => {
      // Of a packed message no more than its beginning is unpacked, too.
      const text = isPacked ? inflateRawSync(head, { finishFlush: constants.Z_SYNC_FLUSH }) : head;
      const at = /"at":(\d+)/.exec(text.toString('latin1'))?.[1];
      if (at === undefined) return;
      reader.at.push(Number(at));
      reader.arrived.push(performance.timeOrigin + performance.now());
    };
    /** @param {Buffer} chunk */
    const read = (chunk) => {
      let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      rest = Buffer.alloc(0);
      reader.bytes += chunk.length;
      while (bytes.length > 0) {
        if (left > 0) {
          const part = bytes.subarray(0, left);
          if (head.length < HEAD_BYTES) head = Buffer.concat([head, part.subarray(0, HEAD_BYTES)]);
          left -= part.length;
          bytes = bytes.subarray(part.length);
          if (left === 0) endMessage();
          continue;
        }
        const short = bytes[1];
        const headLength = short === undefined || short < 126 ? 2 : short === 126 ? 4 : 10;
        if (bytes.length < headLength) {
          rest = Buffer.from(bytes);
          return;
        }
        left =
          headLength === 2 ? Number(short) : headLength === 4 ? bytes.readUInt16BE(2) : bytes.readUInt32BE(6);
        const opcode = Number(bytes[0]) & 15;
        isPacked = (Number(bytes[0]) & 0x40) !== 0;
        bytes = bytes.subarray(headLength);
        head = Buffer.alloc(0);
        // A ping: the answer is a pong with the same payload, masked by zeros; pings of the server are empty.
        if (opcode === 9 && left === 0) socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]));
      }
    };
    socket.once('connect', () => {
      const key = randomBytes(16).toString('base64');
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n${word}\r\n`,
      );
    });
    socket.on('data', (chunk) => {
      if (isUpgraded) {
        read(chunk);
        return;
      }
      rest = Buffer.concat([rest, chunk]);
      const end = rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      if (!rest.toString('latin1').startsWith('HTTP/1.1 101')) {
        reject(new Error(`${path}: ${rest.toString('latin1')}`));
        return;
      }
      isUpgraded = true;
      const first = rest.subarray(end + 4);
      rest = Buffer.alloc(0);
      resolve(reader);
      if (isStalled) socket.pause();
      else read(first);
    });
    socket.once('error', reject);
    socket.once('close', () => {
      reader.isClosed = true;
    });
  });
}

process.on(
  'message',
  async (
    /** @type {{ url: string, paths: readonly string[], stalled: readonly string[] } | 'tell'} */ word,
  ) => {
    if (word === 'tell') {
      process.send?.({ kind: 'told', readers });
      return;
    }
    try {
      // Their answers are not kept: what they are sent ends in the kernel's buffers.
      for (const path of word.stalled) await follow(word.url, path, true);
      // One after the other each would wait for its turn beside all that is rendered meanwhile.
      for (let n = 0; n < word.paths.length; n += AT_ONCE) {
        const paths = word.paths.slice(n, n + AT_ONCE);
        readers.push(...(await Promise.all(paths.map((path) => follow(word.url, path, false)))));
      }
      process.send?.({ kind: 'following' });
    } catch (error) {
      process.send?.({ kind: 'failed', reason: String(error) });
    }
  },
);
process.once('disconnect', () => process.exit());
