import { BPF_ATTACH, BPF_PROGRAM } from '@ridgeline/linux';
import type { ProgramDefinition } from './bpf-object.ts';
import { BpfObjectError } from './bpf-object-error.ts';
import { BTF_KIND, type Btf } from './btf.ts';
import { applyCoreRelocation, type CoreRelocation, type Resolution } from './core-relocation.ts';

/** A program fitted to the running kernel. */
export interface FittedProgram {
  readonly instructions: Buffer;
  /** Relocations to members that this kernel does not have; harmless where the program cannot get to them. */
  readonly unresolved: readonly CoreRelocation[];
}

/** What the kernel must be told about a program to load it. */
export interface ProgramShape {
  readonly type: number;
  readonly attachType: number;
  readonly attachBtfId: number;
}

const MAP_FD_SOURCE = 0x10; // BPF_PSEUDO_MAP_FD in the high half of the register byte

/**
 * Copies a program's instructions with map handles and member offsets filled in.
 *
 * @throws BpfObjectError `RELOCATION_UNRESOLVED` for a map that does not exist or an instruction that cannot be relocated
 */
export function fitProgram(
  program: ProgramDefinition,
  mapFds: ReadonlyMap<string, number>,
  resolve: (relocation: CoreRelocation) => Resolution,
): FittedProgram {
  const instructions = Buffer.from(program.instructions);
  for (const { at, map } of program.mapReferences) {
    const fd = mapFds.get(map);
    if (fd === undefined || at < 0 || at + 8 > instructions.length) {
      throw new BpfObjectError('RELOCATION_UNRESOLVED', `"${program.name}" refers to "${map}"`);
    }
    instructions.writeUInt8((instructions.readUInt8(at + 1) & 15) | MAP_FD_SOURCE, at + 1);
    instructions.writeUInt32LE(fd, at + 4);
  }
  const unresolved: CoreRelocation[] = [];
  for (const relocation of program.coreRelocations) {
    const resolution = resolve(relocation);
    if (resolution === 'unresolved') unresolved.push(relocation);
    applyCoreRelocation(instructions, relocation.instruction, resolution);
  }
  return { instructions, unresolved };
}

/**
 * What the kernel must be told about a program, from the section it was compiled into.
 *
 * @throws BpfObjectError `RELOCATION_UNRESOLVED` when this kernel has nothing of that name to attach to
 */
export function shapeOf(program: ProgramDefinition, kernelBtf: Btf): ProgramShape {
  const plain = (type: number): ProgramShape => ({ type, attachType: BPF_ATTACH.none, attachBtfId: 0 });
  const tracing = (attachType: number, kind: number, name: string): ProgramShape => {
    const attachBtfId = kernelBtf.find(kind, name)[0];
    if (attachBtfId === undefined) {
      throw new BpfObjectError('RELOCATION_UNRESOLVED', `this kernel has no "${name}" to attach to`);
    }
    return { type: BPF_PROGRAM.tracing, attachType, attachBtfId };
  };
  switch (program.hook) {
    case 'tp_btf':
      return tracing(BPF_ATTACH.rawTracepoint, BTF_KIND.typedef, `btf_trace_${program.target}`);
    case 'fexit':
      return tracing(BPF_ATTACH.functionExit, BTF_KIND.function, program.target);
    case 'iter':
      return tracing(BPF_ATTACH.iterator, BTF_KIND.function, `bpf_iter_${program.target}`);
    case 'raw_tp':
      return plain(BPF_PROGRAM.rawTracepoint);
    case 'tp':
      return plain(BPF_PROGRAM.tracepoint);
    case 'kretprobe':
      return plain(BPF_PROGRAM.kprobe);
    default:
      throw new BpfObjectError(
        'PROGRAM_UNKNOWN',
        `"${program.name}" attaches in a way unknown here: ${program.hook}`,
      );
  }
}
