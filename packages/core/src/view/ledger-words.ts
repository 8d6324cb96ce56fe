import type { ClauseCount, Ledger } from '../filter/ledger.ts';

/**
 * The books of a filter layer in one sentence: `69 of 88 shown, 19 hidden: system 15, unconnected 4`.
 *
 * A node that several clauses hide is in the figure of each; the sentence says by how much they overlap.
 */
export function describeLedger(ledger: Ledger): string {
  const { total, shown, filtered, orphaned } = ledger;
  const head = `${countWords(shown)} of ${countWords(total)} shown`;
  if (filtered === 0) return head;
  const reasons = ledger.clauses
    .filter((clause) => clause.rejected > 0)
    .map((clause) => `${clauseName(clause)} ${countWords(clause.rejected)}`);
  const sum = ledger.clauses.reduce((rejected, clause) => rejected + clause.rejected, 0);
  const byClauses = filtered - orphaned;
  if (sum > byClauses) reasons.push(`(${countWords(sum - byClauses)} of them by more than one)`);
  if (sum < byClauses) reasons.push(`several together ${countWords(byClauses - sum)}`);
  if (orphaned > 0) reasons.push(`unconnected ${countWords(orphaned)}`);
  const words = reasons.join(', ').replace(', (', ' (');
  return `${head}, ${countWords(filtered)} hidden: ${words}`;
}

/** A clause by its name, else by its text. */
function clauseName({ name, text }: ClauseCount): string {
  return printable(name ?? text);
}

/** `12,345` */
function countWords(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Marks that turn the writing direction: they would reorder the rest of the sentence. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A name may hold control characters, which mean something to a terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '·').replace(TURNS, '');
}
