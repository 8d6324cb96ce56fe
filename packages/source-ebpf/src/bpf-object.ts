import { BpfObjectError } from './bpf-object-error.ts';
import { BTF_KIND, Btf } from './btf.ts';
import { type CoreRelocation, readCoreRelocations } from './core-relocation.ts';
import { type ElfObject, type ElfSection, parseElf } from './elf.ts';

/** A map as the object file defines it; sizes in bytes. */
export interface MapDefinition {
  readonly name: string;
  readonly type: number;
  readonly keyBytes: number;
  readonly valueBytes: number;
  readonly maxEntries: number;
  readonly flags: number;
}

/** A place where a program names a map. */
export interface MapReference {
  /** Byte offset in the program. */
  readonly at: number;
  readonly map: string;
}

/** A program as the object file holds it, not yet fit for any kernel. */
export interface ProgramDefinition {
  readonly name: string;
  /** How it attaches, e.g. `tp_btf`, and to what. */
  readonly hook: string;
  readonly target: string;
  readonly instructions: Buffer;
  readonly mapReferences: readonly MapReference[];
  /** Instruction offsets count from the program's start. */
  readonly coreRelocations: readonly CoreRelocation[];
}

/** What is in a BPF object file. */
export interface BpfObject {
  readonly license: string;
  readonly btf: Btf;
  readonly maps: readonly MapDefinition[];
  readonly programs: ReadonlyMap<string, ProgramDefinition>;
}

const PROGRAM_SECTION_TYPE = 1;

/**
 * Parses a BPF object file: maps, programs, and what must be filled in before they load.
 *
 * @throws BpfObjectError `ELF_MALFORMED`, `BTF_MALFORMED`
 */
export function parseBpfObject(bytes: Buffer): BpfObject {
  const elf = parseElf(bytes);
  const btf = new Btf(sectionNamed(elf, '.BTF').data);
  const relocations = readCoreRelocations(sectionNamed(elf, '.BTF.ext').data, btf);
  const maps = readMaps(btf);
  const license = sectionNamed(elf, 'license').data;
  const licenseEnd = license.indexOf(0);
  const programs = new Map<string, ProgramDefinition>();
  for (const symbol of elf.symbols) {
    const section = elf.sections[symbol.sectionIndex];
    if (!symbol.isFunction || section === undefined || section.type !== PROGRAM_SECTION_TYPE) continue;
    const { value, size } = symbol;
    if (value > section.data.length || size > section.data.length - value || size % 8 !== 0) {
      throw new BpfObjectError('ELF_MALFORMED', `program "${symbol.name}" leaves its section`);
    }
    const inside = (offset: number): boolean => offset >= value && offset < value + size;
    const slash = section.name.indexOf('/');
    programs.set(symbol.name, {
      name: symbol.name,
      hook: slash < 0 ? section.name : section.name.slice(0, slash),
      target: slash < 0 ? '' : section.name.slice(slash + 1),
      instructions: section.data.subarray(value, value + size),
      mapReferences: elf
        .relocationsOf(section.index)
        .filter(({ offset }) => inside(offset))
        .map(({ offset, symbol: map }) => ({ at: offset - value, map: map.name })),
      coreRelocations: (relocations.get(section.name) ?? [])
        .filter(({ instruction }) => inside(instruction))
        .map((relocation) => ({ ...relocation, instruction: relocation.instruction - value })),
    });
  }
  return {
    license: license.toString('latin1', 0, licenseEnd < 0 ? license.length : licenseEnd),
    btf,
    maps,
    programs,
  };
}

/**
 * Map definitions are variables in `.maps`: each member's pointer type carries a type (key, value) or, as the length of an
 * array, a number. Source: libbpf's BTF-defined maps.
 */
function readMaps(btf: Btf): MapDefinition[] {
  const section = btf.find(BTF_KIND.dataSection, '.maps')[0];
  if (section === undefined) throw new BpfObjectError('BTF_MALFORMED', 'the object defines no maps');
  return btf.variables(section).map(({ name, typeId }) => {
    const numbers = new Map<string, number>();
    for (const member of btf.members(btf.strip(typeId))) {
      const pointee = btf.reference(btf.strip(member.typeId));
      const isType = member.name === 'key' || member.name === 'value';
      numbers.set(member.name, isType ? btf.sizeOf(pointee) : btf.array(btf.strip(pointee)).length);
    }
    const number = (key: string): number => numbers.get(key) ?? 0;
    return {
      name,
      type: number('type'),
      keyBytes: number('key'),
      valueBytes: number('value'),
      maxEntries: number('max_entries'),
      flags: number('map_flags'),
    };
  });
}

function sectionNamed(elf: ElfObject, name: string): ElfSection {
  const section = elf.sections.find((candidate) => candidate.name === name);
  if (section === undefined)
    throw new BpfObjectError('ELF_MALFORMED', `the BPF object file has no section ${name}`);
  return section;
}
