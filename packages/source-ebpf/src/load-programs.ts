import { closeSync, readFileSync } from 'node:fs';
import {
  attachReturnProbe,
  attachTracepoint,
  BPF_ATTACH,
  BPF_MAP,
  BPF_PROGRAM,
  createMap,
  type KernelFacts,
  type Linux,
  LinuxError,
  linkIterator,
  loadProgram,
  openRawTracepoint,
  type Privileges,
  type ProgramStatistics,
  readProgramStatistics,
} from '@ridgeline/linux';
import type { BpfObject, ProgramDefinition } from './bpf-object.ts';
import { BpfObjectError } from './bpf-object-error.ts';
import { BTF_KIND, Btf } from './btf.ts';
import {
  applyCoreRelocation,
  type CoreRelocation,
  createResolver,
  type Resolution,
} from './core-relocation.ts';

/** What the loader knows about where it runs. */
export interface LoadContext {
  readonly linux: Linux;
  readonly kernel: KernelFacts;
  readonly privileges: Privileges;
  /** Type information of the running kernel. */
  readonly kernelBtf: Btf;
}

/** A program that is loaded and attached. */
export interface AttachedProgram {
  readonly name: string;
  readonly programFd: number;
  /** The link: for an iterator, what its passes are opened from. */
  readonly linkFd: number;
  readonly statistics: () => ProgramStatistics;
}

/** Loaded maps and programs; closing gives everything back, for nothing is pinned. */
export interface ProgramSet {
  readonly mapFd: (name: string) => number;
  /**
   * Loads and attaches a program.
   *
   * @throws LinuxError when the kernel refuses; BpfObjectError when the program does not fit it
   */
  readonly attach: (name: string) => AttachedProgram;
  /** Detaches and unloads one program. */
  readonly detach: (program: AttachedProgram) => void;
  readonly close: () => void;
}

/** Where a kernel keeps its type information. */
const KERNEL_BTF = '/sys/kernel/btf/vmlinux';
const MAP_FD_SOURCE = 0x10; // BPF_PSEUDO_MAP_FD in the high half of the register byte

/**
 * Reads the running kernel's type information.
 *
 * @throws LinuxError `UNREADABLE` when there is none; BpfObjectError `BTF_MALFORMED`
 */
export function readKernelBtf(path: string = KERNEL_BTF): Btf {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new LinuxError(
      'UNREADABLE',
      `the kernel has no BTF (${path} cannot be read), so programs cannot be fitted to it`,
      { subject: path },
      'use a kernel built with CONFIG_DEBUG_INFO_BTF',
      cause,
    );
  }
  return new Btf(bytes);
}

/**
 * Creates the maps of an object.
 *
 * @param ringBytes - size of every ring buffer: a power of two, at least a page
 * @throws LinuxError `CALL_REFUSED`; what was created before is closed again
 */
export function loadObject(object: BpfObject, context: LoadContext, ringBytes: number): ProgramSet {
  const { linux } = context;
  const mapFds = new Map<string, number>();
  const attached = new Set<AttachedProgram>();
  const detach = (program: AttachedProgram): void => {
    if (!attached.delete(program)) return;
    closeSync(program.linkFd);
    closeSync(program.programFd);
  };
  const close = (): void => {
    for (const program of [...attached]) detach(program);
    for (const fd of mapFds.values()) closeSync(fd);
    mapFds.clear();
  };
  try {
    for (const map of object.maps) {
      const sized = map.type === BPF_MAP.ringBuffer ? { ...map, maxEntries: ringBytes } : map;
      mapFds.set(map.name, createMap(linux, sized, context));
    }
  } catch (error) {
    close();
    throw error;
  }
  const resolve = createResolver(object.btf, context.kernelBtf);
  return {
    mapFd: (name) => {
      const fd = mapFds.get(name);
      if (fd === undefined) throw new BpfObjectError('PROGRAM_UNKNOWN', `the object has no map "${name}"`);
      return fd;
    },
    attach: (name) => {
      const program = object.programs.get(name);
      if (program === undefined) {
        throw new BpfObjectError('PROGRAM_UNKNOWN', `the object has no program "${name}"`);
      }
      const programFd = load(program, object.license, context, fit(program, mapFds, resolve));
      try {
        const linkFd = link(program, programFd, context);
        const done = { name, programFd, linkFd, statistics: () => readProgramStatistics(linux, programFd) };
        attached.add(done);
        return done;
      } catch (error) {
        closeSync(programFd); // loaded but refused at its hook: it would sit there for nothing
        throw error;
      }
    },
    detach,
    close,
  };
}

/** Copies a program's instructions with map handles and member offsets filled in. */
function fit(
  program: ProgramDefinition,
  mapFds: ReadonlyMap<string, number>,
  resolve: (relocation: CoreRelocation) => Resolution,
): Buffer {
  const instructions = Buffer.from(program.instructions);
  for (const { at, map } of program.mapReferences) {
    const fd = mapFds.get(map);
    if (fd === undefined)
      throw new BpfObjectError('RELOCATION_UNRESOLVED', `"${program.name}" refers to "${map}"`);
    instructions.writeUInt8((instructions.readUInt8(at + 1) & 15) | MAP_FD_SOURCE, at + 1);
    instructions.writeUInt32LE(fd, at + 4);
  }
  for (const relocation of program.coreRelocations) {
    applyCoreRelocation(instructions, relocation.instruction, resolve(relocation));
  }
  return instructions;
}

function load(
  program: ProgramDefinition,
  license: string,
  context: LoadContext,
  instructions: Buffer,
): number {
  const shape = shapeOf(program, context.kernelBtf);
  return loadProgram(context.linux, { name: program.name, instructions, license, ...shape }, context);
}

/** What the kernel must be told about a program, from the section it was compiled into. */
function shapeOf(
  program: ProgramDefinition,
  kernelBtf: Btf,
): { type: number; attachType: number; attachBtfId: number } {
  const plain = (type: number) => ({ type, attachType: BPF_ATTACH.none, attachBtfId: 0 });
  const tracing = (attachType: number, kind: number, name: string) => {
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

function link(program: ProgramDefinition, programFd: number, context: LoadContext): number {
  const { linux } = context;
  switch (program.hook) {
    case 'iter':
      return linkIterator(linux, programFd, context);
    case 'tp':
      return attachTracepoint(linux, programFd, program.target, context.kernel.tracefs, context);
    case 'kretprobe':
      return attachReturnProbe(linux, programFd, program.target, context);
    default:
      return openRawTracepoint(
        linux,
        programFd,
        program.hook === 'raw_tp' ? program.target : undefined,
        context,
      );
  }
}
