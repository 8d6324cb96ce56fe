/** Pseudo-random numbers that are equal for equal seeds, on every machine. */
export interface Random {
  /** A whole number in 0..bound-1. */
  below(bound: number): number;
  /** One of a list. */
  of<T>(items: readonly T[]): T;
}

/** Source: mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough for test data. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (bound: number): number => Math.floor((next() / 0x1_0000_0000) * bound);
  return {
    below,
    of: <T>(items: readonly T[]): T => items[below(items.length)] as T,
  };
}
