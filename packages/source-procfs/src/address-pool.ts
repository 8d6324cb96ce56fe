import { addressText, isMapped } from '@ridgeline/vocabulary';

/** An address's number in an {@link AddressPool}; dense from 0, never leaves its pool. */
export type AddressIndex = number;

/** The words of `::ffff:0:0/96`, before the IPv4 address. */
const mappedWord = 0xffff;

/**
 * Addresses of both families, each once, as four big-endian 32-bit words. IPv4 is kept in its mapped form, so that
 * 10.0.0.1 of /proc/net/tcp and ::ffff:10.0.0.1 of /proc/net/tcp6 are one address.
 *
 * Texts are made on demand and kept: the same few addresses come again with every scan.
 */
export class AddressPool {
  private words: Uint32Array = new Uint32Array(4 * 256);
  private slots: Int32Array = new Int32Array(512).fill(-1);
  private readonly texts: (string | undefined)[] = [];
  private count = 0;

  /** How many addresses there are. */
  get size(): number {
    return this.count;
  }

  /** @param word - the IPv4 address, big-endian: 0x7f000001 is 127.0.0.1 */
  internIpv4(word: number): AddressIndex {
    return this.intern(0, 0, mappedWord, word);
  }

  intern(word0: number, word1: number, word2: number, word3: number): AddressIndex {
    const { words } = this;
    const mask = this.slots.length - 1;
    let slot = hashWords(word0, word1, word2, word3) & mask;
    for (;;) {
      const index = this.slots[slot] as number;
      if (index < 0) break;
      const at = index * 4;
      if (
        words[at + 3] === word3 &&
        words[at + 2] === word2 &&
        words[at + 1] === word1 &&
        words[at] === word0
      ) {
        return index;
      }
      slot = (slot + 1) & mask;
    }
    const index = this.count++;
    this.slots[slot] = index;
    words[index * 4] = word0;
    words[index * 4 + 1] = word1;
    words[index * 4 + 2] = word2;
    words[index * 4 + 3] = word3;
    this.texts.push(undefined);
    if (this.count * 4 === words.length) this.grow();
    return index;
  }

  /** One of the address's four words, the first being the most significant. */
  word(index: AddressIndex, which: 0 | 1 | 2 | 3): number {
    return this.words[index * 4 + which] as number;
  }

  isIpv4(index: AddressIndex): boolean {
    return isMapped(this.word(index, 0), this.word(index, 1), this.word(index, 2));
  }

  /** 0.0.0.0 or `::`: any address, as a listener has it. */
  isUnspecified(index: AddressIndex): boolean {
    if (this.word(index, 3) !== 0 || this.word(index, 0) !== 0 || this.word(index, 1) !== 0) return false;
    return this.word(index, 2) === 0 || this.word(index, 2) === mappedWord;
  }

  /** 127.0.0.0/8 or `::1`. */
  isLoopback(index: AddressIndex): boolean {
    if (this.isIpv4(index)) return this.word(index, 3) >>> 24 === 127;
    return (
      this.word(index, 3) === 1 &&
      this.word(index, 2) === 0 &&
      this.word(index, 1) === 0 &&
      this.word(index, 0) === 0
    );
  }

  /** 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291 §2.5.6). */
  isLinkLocal(index: AddressIndex): boolean {
    if (this.isIpv4(index)) return this.word(index, 3) >>> 16 === 0xa9fe;
    return this.word(index, 0) >>> 22 === 0xfe80 >>> 6;
  }

  /** 224.0.0.0/4 or ff00::/8: no machine's own address. */
  isMulticast(index: AddressIndex): boolean {
    if (this.isIpv4(index)) return this.word(index, 3) >>> 28 === 14;
    return this.word(index, 0) >>> 24 === 0xff;
  }

  /** The address's canonical text: dotted IPv4, or RFC 5952. */
  text(index: AddressIndex): string {
    let text = this.texts[index];
    if (text === undefined) {
      text = addressText(this.word(index, 0), this.word(index, 1), this.word(index, 2), this.word(index, 3));
      this.texts[index] = text;
    }
    return text;
  }

  /** A number below, equal to or above 0, as `a` stands before, at or behind `b`; independent of when they were interned. */
  compare(a: AddressIndex, b: AddressIndex): number {
    for (const which of [0, 1, 2, 3] as const) {
      const difference = this.word(a, which) - this.word(b, which);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  private grow(): void {
    const words = new Uint32Array(this.words.length * 2);
    words.set(this.words);
    this.words = words;
    const slots = new Int32Array(words.length / 2).fill(-1);
    const mask = slots.length - 1;
    for (let index = 0; index < this.count; index++) {
      const at = index * 4;
      let slot =
        hashWords(
          words[at] as number,
          words[at + 1] as number,
          words[at + 2] as number,
          words[at + 3] as number,
        ) & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[slot] = index;
    }
    this.slots = slots;
  }
}

function hashWords(word0: number, word1: number, word2: number, word3: number): number {
  let hash = Math.imul(word3 ^ Math.imul(word2, 0x85ebca6b), 0x9e3779b1);
  hash ^= Math.imul(word1 ^ Math.imul(word0, 0xc2b2ae35), 0x27d4eb2f);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 12);
}
