/**
 * The known name nearest to a mistyped one, or `undefined` if none is near enough to be worth saying: at most one
 * edit for each three letters, and at least one. Ties: the first in the given order.
 *
 * @remarks Edit distance with transposition of neighbours (optimal string alignment), upper and lower case alike;
 *   rows are abandoned once beyond the bound, so thousands of names cost little.
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let nearest: string | undefined;
  let bound = Math.max(1, Math.floor(Math.min(wanted.length, 60) / 3)) + 1;
  for (const candidate of known) {
    if (candidate === name) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), bound);
    if (distance < bound) {
      bound = distance;
      nearest = candidate;
    }
    if (bound === 0) break;
  }
  return nearest;
}

/** Edits between two texts, or `bound` if there are that many or more. */
function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) >= bound) return bound;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (!same && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      }
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least >= bound) return bound;
    beforeLast = last;
    last = row;
  }
  return Math.min(bound, at(last, b.length));
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
