import type { Followed } from '@ridgeline/client/unchecked';
import type { Ledger, Staleness } from '@ridgeline/core/wire';
import type { LinkState } from '../../state/link-state.ts';

/** What stands in the place of a picture that is not there, or is empty. */
export type Lack =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'unknown-view'; readonly view: string }
  | { readonly kind: 'trouble'; readonly message: string }
  /** Nothing is reported that the view could show. */
  | { readonly kind: 'no-data' }
  /** There is something, and all of it is hidden: by these clauses, the one whose loss shows most first. */
  | { readonly kind: 'nothing-matches'; readonly ledger: Ledger };

/** What is said above a picture that is there and is not of now. */
export type Age =
  | { readonly kind: 'gone'; readonly since: number }
  | { readonly kind: 'stale'; readonly staleness: Staleness };

/** How a page stands: what it lacks, if anything, and what is said of its age. */
export interface Condition {
  readonly lack?: Lack;
  readonly age?: Age;
}

/** The code by which a server says that there is no such view (or node, or filter). */
const UNKNOWN = 'UNKNOWN_NAME';

/**
 * What has to be said instead of the picture, and above it.
 *
 * @param views - the names of the views that there are; empty before they are known
 */
export function conditionOf(
  link: LinkState,
  followed: Followed | undefined,
  view: string,
  views: readonly string[],
): Condition {
  const isUnknown = view !== '' && views.length > 0 && !views.includes(view);
  switch (link.kind) {
    case 'refused':
      // There is a form for that.
      return {};
    case 'trouble':
      return {
        lack:
          isUnknown || (link.code === UNKNOWN && views.length === 0)
            ? { kind: 'unknown-view', view }
            : { kind: 'trouble', message: link.message },
      };
    case 'connecting':
    case 'live':
    case 'cut': {
      const age =
        link.kind === 'cut' ? { age: { kind: 'gone', since: link.since } as const } : ageOf(followed);
      if (isUnknown) return { ...age, lack: { kind: 'unknown-view', view } };
      if (followed === undefined) return link.kind === 'cut' ? age : { lack: { kind: 'connecting' } };
      return { ...age, ...lackOf(followed) };
    }
  }
}

function ageOf(followed: Followed | undefined): Condition {
  const staleness = followed?.picture.stale;
  return staleness === undefined ? {} : { age: { kind: 'stale', staleness } };
}

function lackOf({ picture: { ledger } }: Followed): Condition {
  if (ledger.shown > 0) return {};
  return { lack: ledger.total === 0 ? { kind: 'no-data' } : { kind: 'nothing-matches', ledger } };
}
