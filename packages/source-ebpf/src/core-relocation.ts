import { BpfObjectError } from './bpf-object-error.ts';
import { BTF_KIND, type Btf } from './btf.ts';

/** One place in a program that depends on the layout of the kernel's types. */
export interface CoreRelocation {
  /** Byte offset of the instruction in its section. */
  readonly instruction: number;
  readonly typeId: number;
  /** Indexes from the type to the member, e.g. `0:3:1`. */
  readonly access: string;
  readonly kind: number;
}

/** What the place becomes: a number to write, or `unresolved` when this kernel has no such member. */
export type Resolution = number | 'unresolved';

/** Kinds of relocation. Source: include/uapi/linux/bpf.h, enum bpf_core_relo_kind. */
const FIELD_BYTE_OFFSET = 0;
const FIELD_BYTE_SIZE = 1;
const FIELD_EXISTS = 2;
const TYPE_EXISTS = 8;

const EXT_MAGIC = 0xeb9f;
const EXT_HEADER_BYTES = 32;
const RELOCATION_BYTES = 16;
const INSTRUCTION_BYTES = 8;
/** A call of this helper is refused by the verifier, but only where the program can get there: libbpf's way to poison. */
const POISON_HELPER = 0xbad2310;

/**
 * Reads the relocations out of a `.BTF.ext` section, by the name of the section they apply to.
 *
 * @throws BpfObjectError `BTF_MALFORMED`
 */
export function readCoreRelocations(bytes: Buffer, btf: Btf): ReadonlyMap<string, readonly CoreRelocation[]> {
  if (bytes.length < EXT_HEADER_BYTES || bytes.readUInt16LE(0) !== EXT_MAGIC)
    throw malformed('no .BTF.ext header');
  const start = bytes.readUInt32LE(4) + bytes.readUInt32LE(24);
  const length = bytes.readUInt32LE(28);
  const bySection = new Map<string, CoreRelocation[]>();
  if (length === 0) return bySection;
  if (start + length > bytes.length || length < 4) throw malformed('relocations outside of the bytes');
  const end = start + length;
  const stride = bytes.readUInt32LE(start);
  if (stride < RELOCATION_BYTES) throw malformed('relocations that are too short');
  let at = start + 4;
  while (at < end) {
    if (at + 8 > end) throw malformed('relocations cut short');
    const section = btf.string(bytes.readUInt32LE(at));
    const count = bytes.readUInt32LE(at + 4);
    at += 8;
    if (count * stride > end - at) throw malformed('more relocations than bytes');
    const relocations = bySection.get(section) ?? [];
    for (let index = 0; index < count; index++, at += stride) {
      relocations.push({
        instruction: bytes.readUInt32LE(at),
        typeId: bytes.readUInt32LE(at + 4),
        access: btf.string(bytes.readUInt32LE(at + 8)),
        kind: bytes.readUInt32LE(at + 12),
      });
    }
    bySection.set(section, relocations);
  }
  return bySection;
}

/** What a relocation asks for, in the words of C: `sock.__sk_common.skc_state`. */
export function describeRelocation(local: Btf, relocation: CoreRelocation): string {
  let type = local.strip(relocation.typeId);
  let text = local.name(type);
  for (const index of relocation.access.split(':').slice(1).map(Number)) {
    type = local.strip(type);
    if (local.isComposite(type)) {
      const member = local.members(type)[index];
      if (member === undefined) return text;
      if (member.name !== '') text += `.${member.name}`;
      type = member.typeId;
    } else {
      text += `[${index}]`;
      type = local.array(type).elementTypeId;
    }
  }
  return text;
}

/** A resolver that remembers: the same member is asked for hundreds of times. */
export function createResolver(local: Btf, kernel: Btf): (relocation: CoreRelocation) => Resolution {
  const known = new Map<string, Resolution>();
  return (relocation) => {
    const key = `${relocation.kind} ${relocation.typeId} ${relocation.access}`;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const resolution = resolve(local, kernel, relocation);
    known.set(key, resolution);
    return resolution;
  };
}

/**
 * Writes a resolution into an instruction.
 *
 * @param instructions - the program's, changed in place
 * @param at - byte offset of the instruction
 * @throws BpfObjectError `RELOCATION_UNRESOLVED` for an instruction that cannot carry one
 */
export function applyCoreRelocation(instructions: Buffer, at: number, resolution: Resolution): void {
  if (at < 0 || at + INSTRUCTION_BYTES > instructions.length)
    throw malformed('a relocation outside of its program');
  const instructionClass = instructions.readUInt8(at) & 7;
  if (resolution === 'unresolved') {
    instructions.fill(0, at, at + INSTRUCTION_BYTES);
    instructions.writeUInt8(0x85, at);
    instructions.writeUInt32LE(POISON_HELPER, at + 4);
  } else if (instructionClass === 4 || instructionClass === 7) {
    instructions.writeInt32LE(resolution, at + 4); // arithmetic: the immediate
  } else if (instructionClass >= 1 && instructionClass <= 3) {
    if (resolution > 0x7fff) throw unresolved(`an offset of ${resolution} bytes does not fit into a load`);
    instructions.writeInt16LE(resolution, at + 2); // load or store: the offset
  } else if (instructionClass === 0 && at + 2 * INSTRUCTION_BYTES <= instructions.length) {
    instructions.writeUInt32LE(resolution, at + 4); // 64-bit immediate: two instructions wide
    instructions.writeUInt32LE(0, at + 12);
  } else throw unresolved(`an instruction of class ${instructionClass} cannot be relocated`);
}

function resolve(local: Btf, kernel: Btf, relocation: CoreRelocation): Resolution {
  const root = local.strip(relocation.typeId);
  const candidates = findCandidates(local, kernel, relocation.typeId, root);
  if (relocation.kind === TYPE_EXISTS) return candidates.length > 0 ? 1 : 0;
  const path = relocation.access.split(':').map(Number);
  for (const candidate of candidates) {
    const target = follow(local, root, kernel, candidate, path);
    if (target === undefined) continue;
    if (relocation.kind === FIELD_EXISTS) return 1;
    if (relocation.kind === FIELD_BYTE_OFFSET) return Math.floor(target.bitOffset / 8);
    if (relocation.kind === FIELD_BYTE_SIZE) return kernel.sizeOf(target.typeId);
    throw unresolved(`relocations of kind ${relocation.kind} are not used by this program`);
  }
  return relocation.kind === FIELD_EXISTS ? 0 : 'unresolved';
}

/** Kernel types of the same kind and name; a flavour (`pt_regs___x64`) goes by the name before the underscores. */
function findCandidates(local: Btf, kernel: Btf, typeId: number, root: number): number[] {
  const plain = (name: string): string => name.replace(/___.*$/, '');
  const found = kernel.find(local.kind(root), plain(local.name(root)));
  if (found.length > 0 || local.kind(typeId) !== BTF_KIND.typedef) return found;
  return kernel.find(BTF_KIND.typedef, plain(local.name(typeId))).map((id) => kernel.strip(id));
}

/** Walks the same path through both: members by name on the kernel's side, array elements by index. */
function follow(
  local: Btf,
  root: number,
  kernel: Btf,
  candidate: number,
  path: readonly number[],
): { bitOffset: number; typeId: number } | undefined {
  let localType = root;
  let kernelType = kernel.strip(candidate);
  let bitOffset = 0;
  for (const index of path.slice(1)) {
    localType = local.strip(localType);
    kernelType = kernel.strip(kernelType);
    if (local.isComposite(localType)) {
      const member = local.members(localType)[index];
      if (member === undefined) throw malformed('a relocation to a member that does not exist');
      localType = member.typeId;
      if (member.name === '') continue; // anonymous: its members are looked up by name from the outer type
      const found = kernel.isComposite(kernelType) ? kernel.findMember(kernelType, member.name) : undefined;
      if (found === undefined) return undefined;
      bitOffset += found.bitOffset;
      kernelType = found.typeId;
    } else if (local.kind(localType) === BTF_KIND.array) {
      if (kernel.kind(kernelType) !== BTF_KIND.array) return undefined;
      const element = kernel.array(kernelType).elementTypeId;
      bitOffset += index * kernel.sizeOf(element) * 8;
      localType = local.array(localType).elementTypeId;
      kernelType = element;
    } else return undefined;
  }
  return { bitOffset, typeId: kernelType };
}

function unresolved(problem: string): BpfObjectError {
  return new BpfObjectError('RELOCATION_UNRESOLVED', problem);
}

function malformed(problem: string): BpfObjectError {
  return new BpfObjectError('BTF_MALFORMED', `relocations are damaged: ${problem}`);
}
