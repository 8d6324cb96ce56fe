import { applyDelta, type Held, type SourceStatus, type ViewRequest } from '@ridgeline/core';
import type { Ridgeline } from '@ridgeline/core/live';
import { of } from 'rxjs';

/**
 * Tells who starts and who stops talking to whom in a view, a line each, until it is given up.
 *
 * @returns gives it up
 */
export function tellNeighbours(
  ridgeline: Ridgeline,
  request: ViewRequest,
  tell: (line: string) => void,
): () => void {
  let held: Held<SourceStatus> | undefined;
  let before: ReadonlySet<string> = new Set();
  const following = ridgeline.watch(of(request)).subscribe((delta) => {
    // The first delta is a whole picture, each later one what has changed since.
    const applied = applyDelta(held, delta);
    if (!applied.ok) throw new Error(`a delta is missing: ${applied.reason}`);
    held = applied.held;
    const { nodes, ledger } = held.picture;
    const now = new Set(
      [...nodes.values()].flatMap(({ label, adjacency }) =>
        adjacency.map((id) => `${label} → ${nodes.get(id)?.label ?? id}`),
      ),
    );
    for (const edge of now) if (!before.has(edge)) tell(`+ ${edge}`);
    for (const edge of before) if (!now.has(edge)) tell(`- ${edge}`);
    before = now;
    tell(`  ${ledger.shown} of ${ledger.total} shown`);
  });
  return () => following.unsubscribe();
}
