import { readFileSync } from 'node:fs';
import { type Linux, lookUpMap } from '@ridgeline/linux';
import type { AttachedProgram } from './load-programs.ts';
import { COUNTER_SLOTS, COUNTERS, RECORD_KINDS, type RecordKind } from './record-layout.ts';

/** What the programs and the kernel counted since the start. Everything that is not `told` or a hit was missed. */
export interface KernelCounters {
  /** Runs of the state program. */
  readonly stateHits: number;
  /** Runs of the accept programs. */
  readonly acceptHits: number;
  /** Records put into the ring. */
  readonly told: number;
  /** Records for which the ring had no room. */
  readonly lost: number;
  readonly lostByKind: Readonly<Partial<Record<RecordKind, number>>>;
  /** Runs of the UDP program that had something to tell. */
  readonly datagrams: number;
  /** Hits that had nothing to tell. Law: state hits + accept hits + datagrams = told + lost + silent. */
  readonly silent: number;
  /** Owners for which the map had no room: their connections have no process. */
  readonly mapFull: number;
  /** Runs of the state program that the kernel dropped, because it was running on that processor already. */
  readonly recursionMisses: number;
}

const POSSIBLE_PROCESSORS = '/sys/devices/system/cpu/possible';

/** Number of processors that a list such as `0-3,8` makes room for: the highest number and one. */
function countPossibleProcessors(list: string): number {
  const numbers = list.match(/\d+/g)?.map(Number) ?? [0];
  return Math.max(...numbers) + 1;
}

/** Reads how many slots a per-processor value has on this machine. */
export function readPossibleProcessors(): number {
  return countPossibleProcessors(readFileSync(POSSIBLE_PROCESSORS, 'utf8'));
}

/**
 * Adds up the counters of all processors.
 *
 * @param mapFd - the `counters` map
 * @param statePrograms - whose dropped runs are counted
 * @throws LinuxError `CALL_REFUSED`
 */
export function readCounters(
  linux: Linux,
  mapFd: number,
  processors: number,
  statePrograms: readonly AttachedProgram[],
): KernelCounters {
  const key = Buffer.alloc(4);
  const value = Buffer.alloc(8 * processors);
  const slots = Array.from({ length: COUNTERS }, (_, slot) => {
    key.writeUInt32LE(slot, 0);
    if (!lookUpMap(linux, mapFd, key, value)) return 0;
    let sum = 0;
    for (let processor = 0; processor < processors; processor++)
      sum += Number(value.readBigUInt64LE(8 * processor));
    return sum;
  });
  const lostByKind: Partial<Record<RecordKind, number>> = {};
  RECORD_KINDS.forEach((kind, number) => {
    const lost = slots[COUNTER_SLOTS.lostByKind + number] ?? 0;
    if (kind !== undefined && lost > 0) lostByKind[kind] = lost;
  });
  const slot = (number: number): number => slots[number] ?? 0;
  return {
    stateHits: slot(COUNTER_SLOTS.stateHits),
    acceptHits: slot(COUNTER_SLOTS.acceptHits),
    told: slot(COUNTER_SLOTS.told),
    lost: slot(COUNTER_SLOTS.lost),
    mapFull: slot(COUNTER_SLOTS.mapFull),
    datagrams: slot(COUNTER_SLOTS.datagrams),
    silent: slot(COUNTER_SLOTS.silent),
    lostByKind,
    recursionMisses: statePrograms.reduce((sum, program) => sum + program.statistics().recursionMisses, 0),
  };
}
