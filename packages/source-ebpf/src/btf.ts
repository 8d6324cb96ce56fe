import { BpfObjectError } from './bpf-object-error.ts';

/** Kinds of type. Source: include/uapi/linux/btf.h, BTF_KIND_*. */
export const BTF_KIND = {
  int: 1,
  pointer: 2,
  array: 3,
  struct: 4,
  union: 5,
  enum: 6,
  forward: 7,
  typedef: 8,
  volatile: 9,
  const: 10,
  restrict: 11,
  function: 12,
  functionPrototype: 13,
  variable: 14,
  dataSection: 15,
  float: 16,
  declarationTag: 17,
  typeTag: 18,
  enum64: 19,
} as const;

/** A member of a struct or union; anonymous when `name` is empty. */
export interface BtfMember {
  readonly name: string;
  readonly typeId: number;
  readonly bitOffset: number;
}

/** An array type. */
export interface BtfArray {
  readonly elementTypeId: number;
  readonly length: number;
}

/** A variable of a data section, e.g. a map definition in `.maps`. */
export interface BtfVariable {
  readonly name: string;
  readonly typeId: number;
}

const MAGIC = 0xeb9f;
const HEADER_BYTES = 24;
const TYPE_BYTES = 12;
const POINTER_BYTES = 8;
/** More links than any sane chain of typedefs and qualifiers, so that a cycle in damaged bytes ends. */
const MAX_CHAIN = 64;

/** Bytes after the common head, by kind: `[fixed, per element]`. Kinds that are left out have none. */
const TAIL_BYTES: Readonly<Record<number, readonly [fixed: number, each: number]>> = {
  1: [4, 0],
  3: [12, 0],
  4: [0, 12],
  5: [0, 12],
  6: [0, 8],
  13: [0, 8],
  14: [4, 0],
  15: [0, 12],
  17: [4, 0],
  19: [0, 12],
};

/**
 * BPF type information: types by id, 1 upwards; id 0 is `void`.
 *
 * @remarks Reads lazily from the bytes: the kernel's own has 100,000 types, of which a loader looks at a few dozen.
 *   Every reader throws BpfObjectError `BTF_MALFORMED` rather than leave its bytes. Law: any id, on any bytes, ends.
 */
export class Btf {
  readonly #bytes: Buffer;
  readonly #stringsAt: number;
  readonly #stringsEnd: number;
  /** Byte offset of each type; slot 0 is unused. */
  readonly #offsets: Uint32Array;

  /**
   * @param bytes - a `.BTF` section, or `/sys/kernel/btf/vmlinux`
   * @throws BpfObjectError `BTF_MALFORMED`
   */
  constructor(bytes: Buffer) {
    if (bytes.length < HEADER_BYTES || bytes.readUInt16LE(0) !== MAGIC) throw malformed('no BTF header');
    const header = bytes.readUInt32LE(4);
    const typesAt = header + bytes.readUInt32LE(8);
    const typesEnd = typesAt + bytes.readUInt32LE(12);
    this.#stringsAt = header + bytes.readUInt32LE(16);
    this.#stringsEnd = this.#stringsAt + bytes.readUInt32LE(20);
    if (typesEnd > bytes.length || this.#stringsEnd > bytes.length)
      throw malformed('a table outside of the bytes');
    this.#bytes = bytes;
    this.#offsets = indexTypes(bytes, typesAt, typesEnd);
  }

  /** Number of types, `void` included. */
  get size(): number {
    return this.#offsets.length;
  }

  kind(id: number): number {
    return id === 0 ? 0 : (this.#word(id, 4) >>> 24) & 31;
  }

  name(id: number): string {
    return id === 0 ? 'void' : this.string(this.#word(id, 0));
  }

  /** The type that a pointer, typedef or qualifier refers to; for sized kinds their size in bytes. */
  reference(id: number): number {
    return this.#word(id, 8);
  }

  /** The type behind typedefs, qualifiers and tags. */
  strip(id: number): number {
    let at = id;
    for (let step = 0; step < MAX_CHAIN; step++) {
      const kind = this.kind(at);
      const passes = kind === BTF_KIND.typeTag || (kind >= BTF_KIND.typedef && kind <= BTF_KIND.restrict);
      if (!passes) return at;
      at = this.reference(at);
    }
    throw malformed('a type that leads back to itself');
  }

  /** Bytes a value of the type takes. */
  sizeOf(id: number): number {
    let factor = 1;
    let at = id;
    for (let step = 0; step < MAX_CHAIN; step++) {
      at = this.strip(at);
      const kind = this.kind(at);
      if (kind === BTF_KIND.pointer) return factor * POINTER_BYTES;
      if (kind !== BTF_KIND.array) return factor * (at === 0 ? 0 : this.reference(at));
      const array = this.array(at);
      factor *= array.length;
      at = array.elementTypeId;
    }
    throw malformed('an array that leads back to itself');
  }

  array(id: number): BtfArray {
    if (this.kind(id) !== BTF_KIND.array) throw malformed(`type ${id} is no array`);
    return { elementTypeId: this.#word(id, 12), length: this.#word(id, 20) };
  }

  isComposite(id: number): boolean {
    const kind = this.kind(id);
    return kind === BTF_KIND.struct || kind === BTF_KIND.union;
  }

  members(id: number): BtfMember[] {
    if (!this.isComposite(id)) throw malformed(`type ${id} has no members`);
    const info = this.#word(id, 4);
    const hasBitfields = info >>> 31 === 1;
    const members: BtfMember[] = [];
    for (let at = 12, left = info & 0xffff; left > 0; left--, at += 12) {
      const offset = this.#word(id, at + 8);
      members.push({
        name: this.string(this.#word(id, at)),
        typeId: this.#word(id, at + 4),
        bitOffset: hasBitfields ? offset & 0xffffff : offset,
      });
    }
    return members;
  }

  /** A member by name, also inside anonymous structs and unions; its offset counts from the outer type. */
  findMember(id: number, name: string): BtfMember | undefined {
    return this.#findMember(id, name, new Set());
  }

  /** Looks into each anonymous type once: damaged bytes may contain themselves, many times over. */
  #findMember(id: number, name: string, seen: Set<number>): BtfMember | undefined {
    seen.add(id);
    for (const member of this.members(id)) {
      if (member.name === name) return member;
      if (member.name !== '') continue;
      const inner = this.strip(member.typeId);
      if (!this.isComposite(inner) || seen.has(inner)) continue;
      const found = this.#findMember(inner, name, seen);
      if (found !== undefined) return { ...found, bitOffset: member.bitOffset + found.bitOffset };
    }
    return undefined;
  }

  /** Variables of a data section. */
  variables(id: number): BtfVariable[] {
    if (this.kind(id) !== BTF_KIND.dataSection) throw malformed(`type ${id} is no data section`);
    const variables: BtfVariable[] = [];
    for (let at = 12, left = this.#word(id, 4) & 0xffff; left > 0; left--, at += 12) {
      const variable = this.#word(id, at);
      variables.push({ name: this.name(variable), typeId: this.reference(variable) });
    }
    return variables;
  }

  /** Ids of the types of a kind and name. Compares bytes: cheap enough for a few dozen names. */
  find(kind: number, name: string): number[] {
    const wanted = Buffer.from(`${name}\0`, 'latin1');
    const found: number[] = [];
    for (let id = 1; id < this.#offsets.length; id++) {
      if (this.kind(id) !== kind) continue;
      const at = this.#stringsAt + this.#word(id, 0);
      if (at + wanted.length > this.#stringsEnd || this.#bytes[at] !== wanted[0]) continue;
      if (this.#bytes.compare(wanted, 0, wanted.length, at, at + wanted.length) === 0) found.push(id);
    }
    return found;
  }

  /** A string of the string table. */
  string(offset: number): string {
    const at = this.#stringsAt + offset;
    if (at >= this.#stringsEnd) throw malformed('a name outside of its table');
    const end = this.#bytes.indexOf(0, at);
    return this.#bytes.toString('latin1', at, end < 0 || end > this.#stringsEnd ? this.#stringsEnd : end);
  }

  #word(id: number, offset: number): number {
    const at = this.#offsets[id];
    if (at === undefined || id === 0) throw malformed(`there is no type ${id}`);
    if (at + offset + 4 > this.#bytes.length) throw malformed(`type ${id} runs out of the bytes`);
    return this.#bytes.readUInt32LE(at + offset);
  }
}

function indexTypes(bytes: Buffer, start: number, end: number): Uint32Array {
  const offsets: number[] = [0];
  let at = start;
  while (at < end) {
    if (at + TYPE_BYTES > end) throw malformed('a type cut short');
    offsets.push(at);
    const info = bytes.readUInt32LE(at + 4);
    const kind = (info >>> 24) & 31;
    if (kind === 0 || kind > BTF_KIND.enum64) throw malformed(`a type of unknown kind ${kind}`);
    const [fixed, each] = TAIL_BYTES[kind] ?? [0, 0];
    at += TYPE_BYTES + fixed + each * (info & 0xffff);
  }
  if (at !== end) throw malformed('the last type is cut short');
  return Uint32Array.from(offsets);
}

function malformed(problem: string): BpfObjectError {
  return new BpfObjectError('BTF_MALFORMED', `type information is damaged: ${problem}`);
}
