import { type ClauseCount, describeLedger, type Ledger, type Origin } from '@ridgeline/core';
import { printable } from '../terminal/display-width.ts';
import { describeCount } from '../terminal/quantities.ts';
import type { Style } from '../terminal/style.ts';

/** Where a clause comes from, as a user would change it. */
function describeOrigin(origin: Origin): string {
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
