import type { ClauseCount, Ledger, Origin } from '@ridgeline/core';
import { printable } from '../terminal/display-width.ts';
import { describeCount } from '../terminal/quantities.ts';
import type { Style } from '../terminal/style.ts';

/**
 * The books of a filter layer in one sentence: `69 of 88 shown, 19 hidden: system 15, unconnected 4`.
 *
 * A node that several clauses hide is in the figure of each; the sentence says by how much they overlap.
 */
export function describeLedger(ledger: Ledger): string {
  const { total, shown, filtered, orphaned } = ledger;
  const head = `${describeCount(shown)} of ${describeCount(total)} shown`;
  if (filtered === 0) return head;
  const reasons = ledger.clauses
    .filter((clause) => clause.rejected > 0)
    .map((clause) => `${clauseName(clause)} ${describeCount(clause.rejected)}`);
  const sum = ledger.clauses.reduce((rejected, clause) => rejected + clause.rejected, 0);
  const byClauses = filtered - orphaned;
  if (sum > byClauses) reasons.push(`(${describeCount(sum - byClauses)} of them by more than one)`);
  if (sum < byClauses) reasons.push(`several together ${describeCount(byClauses - sum)}`);
  if (orphaned > 0) reasons.push(`unconnected ${describeCount(orphaned)}`);
  const words = reasons.join(', ').replace(', (', ' (');
  return `${head}, ${describeCount(filtered)} hidden: ${words}`;
}

/** A clause by its name, else by its text. */
export function clauseName({ name, text }: ClauseCount): string {
  return printable(name ?? text);
}

/** Where a clause comes from, as a user would change it. */
export function describeOrigin(origin: Origin): string {
  switch (origin.kind) {
    case 'option':
      return `--option ${origin.group}=${origin.value}`;
    case 'config':
      return `config ${origin.path}`;
    case 'request':
      return '--filter';
    case 'view':
      return `view ${origin.view}`;
  }
}

/**
 * The books line by line: the sentence, each clause with its figures and its origins, members where clauses act on an inner
 * stage, and, apart, what sources missed.
 */
export function ledgerLines(ledger: Ledger, style: Style): readonly string[] {
  const lines = [style(ledger.filtered === 0 ? 'strong' : 'hidden', describeLedger(ledger))];
  for (const clause of ledger.clauses) lines.push(clauseLine(clause, style));
  const { members, edges } = ledger;
  if (members !== undefined) {
    lines.push(
      `members: ${describeCount(members.shown)} of ${describeCount(members.total)} shown, ${describeCount(members.filtered)} hidden`,
    );
  }
  lines.push(style('muted', `edges: ${describeCount(edges.shown)} of ${describeCount(edges.total)} shown`));
  for (const { source, host, what, count } of ledger.lost) {
    lines.push(style('warning', `lost, not hidden: ${describeCount(count)} ${what} (${source} on ${host})`));
  }
  return lines;
}

function clauseLine(clause: ClauseCount, style: Style): string {
  const { rejected, only, members, from, name, text } = clause;
  const figures = [`hides ${describeCount(rejected)}`, `without it +${describeCount(only)}`];
  if (members !== undefined) figures.push(`members ${describeCount(members.rejected)}`);
  const said = name === undefined ? printable(text) : `${printable(name)}: ${printable(text)}`;
  return `  ${said}  ${style('hidden', figures.join(', '))}  ${style('muted', from.map(describeOrigin).join(' and '))}`;
}
