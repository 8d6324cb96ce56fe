import type { Loss } from '../model/report.ts';
import type { Clause, Origin } from './layer.ts';

/** What one clause hides. */
export interface ClauseCount {
  readonly id: string;
  readonly text: string;
  readonly name?: string;
  readonly from: readonly Origin[];
  /** Nodes of the view that are lost when this clause alone is applied, orphans kept. */
  readonly rejected: number;
  /** How many more nodes would be shown without this clause. */
  readonly only: number;
  /** The same at the stage where the clauses act, when that is not the view's own. */
  readonly members?: { readonly rejected: number; readonly only: number };
}

/** What a layer hides at the stage where its clauses act, when that is not the view's own. */
export interface MemberCount {
  readonly total: number;
  readonly shown: number;
  readonly filtered: number;
}

/** The books of a filter layer: what is shown, what is hidden, and by what. Depends on no order (law D2). */
export interface Ledger {
  /** Nodes of the view with no clause and orphans kept. */
  readonly total: number;
  readonly shown: number;
  /** `total - shown`. */
  readonly filtered: number;
  /** Of the filtered, those that every clause keeps but the orphan policy drops. */
  readonly orphaned: number;
  readonly edges: { readonly total: number; readonly shown: number };
  readonly clauses: readonly ClauseCount[];
  readonly members?: MemberCount;
  /** Facts that sources missed: hidden is not lost. */
  readonly lost: readonly Loss[];
}

/** A clause's row in the books. */
export function countClause(
  clause: Clause,
  rejected: number,
  only: number,
  members?: { readonly rejected: number; readonly only: number },
): ClauseCount {
  return {
    id: clause.id,
    text: clause.text,
    ...(clause.name === undefined ? {} : { name: clause.name }),
    from: clause.from,
    rejected,
    only,
    ...(members === undefined ? {} : { members }),
  };
}
