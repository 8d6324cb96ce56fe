/** Layout of a record; bpf/record.h is the other half of this. */
export const RECORD_BYTES = 128;

/** What a record says. The names are the values of `ConnectionRecord.kind`. */
export const RECORD_KINDS = [
  undefined,
  'connect',
  'accept',
  'close',
  'connect-failed',
  'listen',
  'listen-close',
  'incoming',
  'snapshot',
  'datagram',
] as const;

/** What happened to a socket, or `snapshot` for what was found. */
export type RecordKind = Exclude<(typeof RECORD_KINDS)[number], undefined>;

/** Which end this socket is; `listen` for a listener. */
export const DIRECTIONS = ['unknown', 'out', 'in', 'listen'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Slots of the per-processor counters, by number. */
export const COUNTER_SLOTS = {
  stateHits: 0,
  acceptHits: 1,
  told: 2,
  lost: 3,
  mapFull: 4,
  silent: 5,
  datagrams: 6,
  lostByKind: 8,
} as const;
/** Slots there are: the last ones are `lostByKind` + kind. */
export const COUNTERS: number = COUNTER_SLOTS.lostByKind + RECORD_KINDS.length;
