import { closeSync, readSync } from 'node:fs';
import {
  inNetworkNamespace,
  type KernelFacts,
  type Linux,
  liftLockedMemoryLimit,
  networkNamespaceInode,
  nextMapKey,
  openIterator,
  type Privileges,
} from '@ridgeline/linux';
import { attachChain, CHAINS, type ChainChoice, type ChainName } from './attach-chain.ts';
import { parseBpfObject } from './bpf-object.ts';
import { type KernelCounters, readCounters, readPossibleProcessors } from './counters.ts';
import { type AttachedProgram, loadObject, readKernelBtf } from './load-programs.ts';
import { findNamespaceFiles } from './namespace-files.ts';
import { createReachableTracefs } from './reachable-tracefs.ts';
import { openRingBuffer } from './ring-buffer.ts';
import { readSocket } from './socket-key.ts';

/** What a session is opened with. */
export interface SessionOptions {
  /** The BPF object file. */
  readonly object: Buffer;
  /** Size of the ring: a power of two, at least a page. */
  readonly ringBytes: number;
  /** Rungs to leave out, as `chain/rung`. */
  readonly avoid: readonly string[];
}

/** A socket that may be gone, and the namespace it was in. */
export interface SuspectSocket {
  readonly socket: number;
  readonly networkNamespace: number;
}

/** Programs at work in the kernel, and what they deliver. */
export interface KernelSession {
  /** What came of each chain; when `state` chose `none` there are no events, and the session is of no use. */
  readonly chains: readonly ChainChoice[];
  /** Takes records out of the ring, in ring framing. */
  readonly take: (limitBytes: number) => Uint8Array;
  /** Bytes that were ever put into the ring, and of these, bytes taken. */
  readonly writtenBytes: () => number;
  readonly takenBytes: () => number;
  /** All sockets that processes hold, of all namespaces, packed records; empty without the snapshot programs. */
  readonly snapshot: () => Uint8Array;
  /** Those of the sockets that do not exist any more. */
  readonly findGone: (suspects: readonly SuspectSocket[]) => number[];
  readonly counters: () => KernelCounters;
  /** Detaches and unloads everything. */
  readonly close: () => void;
}

const READ_BYTES = 1 << 18;
const MAX_OWNER_STEPS = 1 << 18;

/**
 * Loads the programs, attaches the best of each chain and opens the ring.
 *
 * @throws LinuxError when not even maps can be created or the kernel has no BTF; BpfObjectError when the object file is damaged
 */
export function openKernelSession(
  linux: Linux,
  kernel: KernelFacts,
  privileges: Privileges,
  options: SessionOptions,
): KernelSession {
  liftLockedMemoryLimit(linux); // matters before 5.11; a refusal then shows as EPERM of the first map
  const object = parseBpfObject(options.object);
  const tracefs = createReachableTracefs(linux, kernel, privileges);
  const context = { linux, kernel, privileges, kernelBtf: readKernelBtf(), tracefs: tracefs.probe };
  const programs = loadObject(object, context, options.ringBytes);
  try {
    const avoid = new Set(options.avoid);
    const outcomes = CHAINS.map((chain) => attachChain(programs, chain, avoid));
    programs.seal();
    tracefs.close();
    const attachedOf = (chain: ChainName): readonly AttachedProgram[] =>
      outcomes.find(({ choice }) => choice.chain === chain)?.attached ?? [];
    const [snapshotProgram, socketsProgram] = attachedOf('snapshot');
    const ring = openRingBuffer(linux, programs.mapFd('events'), options.ringBytes);
    const processors = readPossibleProcessors();
    return {
      chains: outcomes.map(({ choice }) => choice),
      take: ring.take,
      writtenBytes: ring.writtenBytes,
      takenBytes: ring.takenBytes,
      snapshot: () =>
        snapshotProgram === undefined
          ? Buffer.alloc(0)
          : readPass(openIterator(linux, snapshotProgram.linkFd)),
      findGone: (suspects) => findGone(linux, socketsProgram, programs.mapFd('owners'), suspects),
      counters: () => readCounters(linux, programs.mapFd('counters'), processors, attachedOf('state')),
      close: () => {
        ring.close();
        programs.close();
      },
    };
  } catch (error) {
    tracefs.close();
    programs.close();
    throw error;
  }
}

/** Reads a pass of an iterator to its end and closes it. */
function readPass(fd: number): Buffer {
  const chunks: Buffer[] = [];
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(READ_BYTES);
      const length = readSync(fd, chunk, 0, chunk.length, null);
      if (length === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, length));
    }
  } finally {
    closeSync(fd);
  }
}

/**
 * Asks each namespace for the sockets it has. Where it cannot be asked (no CAP_SYS_ADMIN, no file leads to it) the programs' own
 * memory decides: an entry is deleted at the end of a connection, also when the record of that end was lost.
 */
function findGone(
  linux: Linux,
  socketsProgram: AttachedProgram | undefined,
  ownersFd: number,
  suspects: readonly SuspectSocket[],
): number[] {
  const own = networkNamespaceInode();
  const namespaces = new Set(suspects.map(({ networkNamespace }) => networkNamespace));
  const files = findNamespaceFiles(namespaces);
  const alive = new Map<number, ReadonlySet<number>>();
  if (socketsProgram !== undefined) {
    const open = (): number => openIterator(linux, socketsProgram.linkFd);
    for (const inode of namespaces) {
      const file = files.get(inode);
      try {
        if (inode === own) alive.set(inode, socketsOf(open()));
        else if (file !== undefined) alive.set(inode, socketsOf(inNetworkNamespace(linux, file, open)));
      } catch {
        // not permitted, or the namespace is gone with its last process: the programs' memory decides
      }
    }
  }
  let owned: ReadonlySet<number> | undefined;
  const isOwned = (socket: number): boolean => {
    owned ??= ownedSockets(linux, ownersFd);
    return owned.has(socket);
  };
  return suspects
    .filter(({ socket, networkNamespace }) => {
      const living = alive.get(networkNamespace);
      return living === undefined ? !isOwned(socket) : !living.has(socket);
    })
    .map(({ socket }) => socket);
}

function socketsOf(passFd: number): ReadonlySet<number> {
  const bytes = readPass(passFd);
  const sockets = new Set<number>();
  for (let at = 0; at + 8 <= bytes.length; at += 8) sockets.add(readSocket(bytes, at));
  return sockets;
}

/** Sockets the programs remember the owner of. */
function ownedSockets(linux: Linux, ownersFd: number): ReadonlySet<number> {
  const sockets = new Set<number>();
  let key: Buffer | undefined;
  // An entry that goes while it is the cursor starts the walk over; the bound ends that in the worst of storms.
  for (let steps = 0; steps < MAX_OWNER_STEPS; steps++) {
    const next: Buffer = Buffer.alloc(8);
    if (!nextMapKey(linux, ownersFd, key, next)) break;
    sockets.add(readSocket(next, 0));
    key = next;
  }
  return sockets;
}
