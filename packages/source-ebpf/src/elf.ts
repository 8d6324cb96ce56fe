import { BpfObjectError } from './bpf-object-error.ts';

/** A section of an ELF file, with its bytes. */
export interface ElfSection {
  readonly index: number;
  readonly name: string;
  readonly type: number;
  readonly data: Buffer;
  readonly link: number;
  readonly info: number;
}

/** A symbol: a function's place in its section, or a map's name. */
export interface ElfSymbol {
  readonly name: string;
  readonly isFunction: boolean;
  readonly sectionIndex: number;
  readonly value: number;
  readonly size: number;
}

/** A place in a section that refers to a symbol. */
export interface ElfRelocation {
  readonly offset: number;
  readonly symbol: ElfSymbol;
}

/** What the loader needs of a BPF object file. */
export interface ElfObject {
  readonly sections: readonly ElfSection[];
  readonly symbols: readonly ElfSymbol[];
  /** Relocations that apply to a section. */
  readonly relocationsOf: (sectionIndex: number) => readonly ElfRelocation[];
}

const MAGIC = 0x7f454c46;
const CLASS_64_LITTLE_ENDIAN = 0x0201;
const MACHINE_BPF = 247;
const HEADER_BYTES = 64;
const SECTION_HEADER_BYTES = 64;
const SYMBOL_BYTES = 24;
const RELOCATION_BYTES = 16;
const SHT_SYMTAB = 2;
const SHT_NOBITS = 8;
const SHT_REL = 9;
const STT_FUNC = 2;

/**
 * Parses a 64-bit little-endian ELF object for the BPF machine.
 *
 * @throws BpfObjectError `ELF_MALFORMED`
 * @remarks Source: the ELF-64 object file format; include/uapi/linux/elf.h. Law: mutated bytes throw that error or give an object
 *   whose sections all lie inside of the bytes.
 */
export function parseElf(bytes: Buffer): ElfObject {
  if (bytes.length < HEADER_BYTES || bytes.readUInt32BE(0) !== MAGIC) throw malformed('no ELF header');
  if (bytes.readUInt16BE(4) !== CLASS_64_LITTLE_ENDIAN) throw malformed('not 64-bit little-endian');
  if (bytes.readUInt16LE(18) !== MACHINE_BPF) throw malformed('not for the BPF machine');
  const sections = readSections(bytes);
  const symbolTable = sections.find((section) => section.type === SHT_SYMTAB);
  if (symbolTable === undefined) throw malformed('no symbol table');
  const symbols = readSymbols(symbolTable, sections);
  return {
    sections,
    symbols,
    relocationsOf: (sectionIndex) => readRelocations(sections, symbols, sectionIndex),
  };
}

function readSections(bytes: Buffer): ElfSection[] {
  const offset = readOffset(bytes, 40);
  const count = bytes.readUInt16LE(60);
  const namesIndex = bytes.readUInt16LE(62);
  const headers = slice(bytes, offset, count * SECTION_HEADER_BYTES, 'section headers');
  const raw = Array.from({ length: count }, (_, index) => {
    const at = index * SECTION_HEADER_BYTES;
    const type = headers.readUInt32LE(at + 4);
    const size = readOffset(headers, at + 32);
    return {
      index,
      nameOffset: headers.readUInt32LE(at),
      type,
      data:
        type === SHT_NOBITS
          ? Buffer.alloc(0)
          : slice(bytes, readOffset(headers, at + 24), size, `section ${index}`),
      link: headers.readUInt32LE(at + 40),
      info: headers.readUInt32LE(at + 44),
    };
  });
  const names = raw[namesIndex]?.data;
  if (names === undefined) throw malformed('no section names');
  return raw.map(({ nameOffset, ...section }) => ({ ...section, name: readString(names, nameOffset) }));
}

function readSymbols(table: ElfSection, sections: readonly ElfSection[]): ElfSymbol[] {
  const names = sections[table.link]?.data;
  if (names === undefined) throw malformed('no symbol names');
  const symbols: ElfSymbol[] = [];
  for (let at = 0; at + SYMBOL_BYTES <= table.data.length; at += SYMBOL_BYTES) {
    symbols.push({
      name: readString(names, table.data.readUInt32LE(at)),
      isFunction: (table.data.readUInt8(at + 4) & 15) === STT_FUNC,
      sectionIndex: table.data.readUInt16LE(at + 6),
      value: readOffset(table.data, at + 8),
      size: readOffset(table.data, at + 16),
    });
  }
  return symbols;
}

function readRelocations(
  sections: readonly ElfSection[],
  symbols: readonly ElfSymbol[],
  sectionIndex: number,
): ElfRelocation[] {
  const relocations: ElfRelocation[] = [];
  for (const section of sections) {
    if (section.type !== SHT_REL || section.info !== sectionIndex) continue;
    for (let at = 0; at + RELOCATION_BYTES <= section.data.length; at += RELOCATION_BYTES) {
      const symbol = symbols[section.data.readUInt32LE(at + 12)];
      if (symbol === undefined) throw malformed('a relocation without a symbol');
      relocations.push({ offset: readOffset(section.data, at), symbol });
    }
  }
  return relocations;
}

/** A C string inside a string table. */
function readString(table: Buffer, offset: number): string {
  if (offset >= table.length && offset !== 0) throw malformed('a name outside of its table');
  const end = table.indexOf(0, offset);
  return table.toString('latin1', offset, end < 0 ? table.length : end);
}

function readOffset(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw malformed('an offset beyond any file');
  return Number(value);
}

function slice(bytes: Buffer, offset: number, size: number, what: string): Buffer {
  if (offset > bytes.length || size > bytes.length - offset) throw malformed(`${what} outside of the file`);
  return bytes.subarray(offset, offset + size);
}

function malformed(problem: string): BpfObjectError {
  return new BpfObjectError('ELF_MALFORMED', `the BPF object file is damaged: ${problem}`);
}
