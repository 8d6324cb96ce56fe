import { closeSync, readFileSync } from 'node:fs';
import {
  attachReturnProbe,
  attachTracepoint,
  BPF_MAP,
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
  type TracefsProbe,
} from '@ridgeline/linux';
import type { BpfObject, ProgramDefinition } from './bpf-object.ts';
import { BpfObjectError } from './bpf-object-error.ts';
import { Btf } from './btf.ts';
import {
  type CoreRelocation,
  createResolver,
  describeRelocation,
  type Resolution,
} from './core-relocation.ts';
import { fitProgram, shapeOf } from './fit-program.ts';

/** What the loader knows about where it runs. */
export interface LoadContext {
  readonly linux: Linux;
  readonly kernel: KernelFacts;
  readonly privileges: Privileges;
  /** Type information of the running kernel. */
  readonly kernelBtf: Btf;
  /** Where tracepoints are looked up. */
  readonly tracefs: () => TracefsProbe;
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
  /** Forgets what only attaching needs: the kernel's types alone are megabytes. Nothing can be attached after it. */
  readonly seal: () => void;
  /** Detaches and unloads one program. */
  readonly detach: (program: AttachedProgram) => void;
  readonly close: () => void;
}

/** Where a kernel keeps its type information. */
const KERNEL_BTF = '/sys/kernel/btf/vmlinux';

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
    for (const program of attached) detach(program);
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
  let fitting: Fitting | undefined = {
    object,
    context,
    mapFds,
    resolve: createResolver(object.btf, context.kernelBtf),
  };
  return {
    mapFd: (name) => {
      const fd = mapFds.get(name);
      if (fd === undefined) throw new BpfObjectError('PROGRAM_UNKNOWN', `the object has no map "${name}"`);
      return fd;
    },
    attach: (name) => {
      if (fitting === undefined) throw new TypeError('the set is sealed');
      const done = attachProgram(name, fitting);
      attached.add(done);
      return done;
    },
    seal: () => {
      fitting = undefined;
    },
    detach,
    close,
  };
}

/** What attaching needs. */
interface Fitting {
  readonly object: BpfObject;
  readonly context: LoadContext;
  readonly mapFds: ReadonlyMap<string, number>;
  readonly resolve: (relocation: CoreRelocation) => Resolution;
}

function attachProgram(name: string, fitting: Fitting): AttachedProgram {
  const program = fitting.object.programs.get(name);
  if (program === undefined)
    throw new BpfObjectError('PROGRAM_UNKNOWN', `the object has no program "${name}"`);
  const { linux } = fitting.context;
  const programFd = load(program, fitting);
  try {
    const linkFd = link(program, programFd, fitting.context);
    return { name, programFd, linkFd, statistics: () => readProgramStatistics(linux, programFd) };
  } catch (error) {
    closeSync(programFd); // loaded but refused at its hook: it would sit there for nothing
    throw error;
  }
}

/** Loads a program; a refusal for want of a member of the kernel's types says which. */
function load(program: ProgramDefinition, { object, context, mapFds, resolve }: Fitting): number {
  const { instructions, unresolved } = fitProgram(program, mapFds, resolve);
  const shape = shapeOf(program, context.kernelBtf);
  try {
    return loadProgram(
      context.linux,
      { name: program.name, instructions, license: object.license, ...shape },
      context,
    );
  } catch (error) {
    const wanted = new Set(unresolved.map((relocation) => describeRelocation(object.btf, relocation)));
    // EPERM comes before the verifier has looked at anything.
    if (wanted.size === 0 || (error instanceof LinuxError && error.facts.errno === 1)) throw error;
    throw new BpfObjectError(
      'RELOCATION_UNRESOLVED',
      `program "${program.name}" was refused: this kernel's types have no ${[...wanted].join(', ')}`,
      error,
    );
  }
}

function link(program: ProgramDefinition, programFd: number, context: LoadContext): number {
  const { linux } = context;
  switch (program.hook) {
    case 'iter':
      return linkIterator(linux, programFd, context);
    case 'tp':
      return attachTracepoint(linux, programFd, program.target, context.tracefs(), context);
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
