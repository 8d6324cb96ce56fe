import { NONE, type Sym, type Topology } from '@ridgeline/core';
import { copyOf } from '@ridgeline/vocabulary';

/**
 * Endpoints whose process cannot be trusted, as one byte a row: those with edges to several different endpoints.
 *
 * A source port belongs to one connection at a time, so several destinations mean that the port was used again
 * within the window, by who knows which process. A translated copy (NAT) of a destination is no other destination.
 */
export function findAmbiguous(endpoints: Topology): Uint8Array {
  const { size } = endpoints;
  const ambiguous = new Uint8Array(size);
  const { start, targetOf } = reportedEdges(endpoints);
  const copies = endpoints.column(copyOf.key);
  const originalOf = (id: Sym): Sym => {
    const row = endpoints.rowOfSymbol(id);
    const original = row === NONE ? NONE : (copies[row] as Sym);
    return original === NONE ? id : original;
  };
  for (let row = 0; row < size; row++) {
    const from = start[row] as number;
    const end = start[row + 1] as number;
    if (end - from < 2) continue;
    const first = originalOf(targetOf(from));
    for (let e = from + 1; e < end && ambiguous[row] === 0; e++) {
      if (originalOf(targetOf(e)) !== first) ambiguous[row] = 1;
    }
  }
  return ambiguous;
}

/** Edges as reported, also to endpoints that no report has. */
function reportedEdges(endpoints: Topology): {
  readonly start: Uint32Array;
  readonly targetOf: (edge: number) => Sym;
} {
  const { open } = endpoints;
  if (open !== undefined) return { start: open.start, targetOf: (edge) => open.to[edge] as Sym };
  const { out, ids } = endpoints;
  return { start: out.start, targetOf: (edge) => ids[out.to[edge] as number] as Sym };
}
