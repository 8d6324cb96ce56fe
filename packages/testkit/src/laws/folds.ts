/** Law D16: the fold of clauses to one layer. */
import {
  type ClauseInput,
  type FilterLayer,
  foldLayer,
  normalize,
  type OrphanPolicy,
  PSEUDO,
} from '@ridgeline/core';
import { canonicalText, sameData } from '../plain/canonical-text.ts';
import { applyTo, idsOf, type LayerSubject, ledgerText, survivors } from './layer-subject.ts';

/**
 * D16: the layer of some inputs depends on no order; a double changes no count; a conjunction at the top of an input is
 * as good as its parts.
 */
export function foldsToOneLayer(
  subject: LayerSubject,
  inputs: readonly ClauseInput[],
  order: readonly number[],
  orphans: OrphanPolicy,
): boolean {
  const layer = foldLayer(inputs, orphans);
  const permuted = foldLayer(
    order.map((i) => inputs[i] as ClauseInput),
    orphans,
  );
  const again = foldLayer(
    [
      ...inputs,
      ...inputs.map(
        (input): ClauseInput => ({ ...input, expr: { kind: 'and', of: [input.expr, input.expr] } }),
      ),
    ],
    orphans,
  );
  const split = inputs.flatMap((input): ClauseInput[] => {
    const whole = normalize(input.expr);
    return whole.kind === 'and' ? whole.of.map((expr) => ({ ...input, expr })) : [input];
  });
  const anonymous = (of: FilterLayer): unknown =>
    of.clauses.map((clause) => ({ ...clause, name: undefined }));
  return (
    canonicalText(layer) === canonicalText(permuted) &&
    canonicalText(layer) === canonicalText(again) &&
    canonicalText(anonymous(layer)) === canonicalText(anonymous(foldLayer(split, orphans))) &&
    ledgerText(applyTo(subject, layer).ledger) === ledgerText(applyTo(subject, again).ledger)
  );
}

/** D16: folding keeps what is shown: a node is shown iff every input keeps it, each judged whole. */
export function foldKeepsMeaning(subject: LayerSubject, inputs: readonly ClauseInput[]): boolean {
  const layer = applyTo(subject, foldLayer(inputs, 'keep')).topology;
  const inTurn = inputs.reduce((kept, { expr, pseudo = 'exempt' }) => {
    const passes = new Set(survivors(subject, expr));
    const { topology } = subject;
    return kept.filter((id) => {
      const row = topology.rowOf(id) as number;
      return passes.has(id) || (pseudo === 'exempt' && topology.kindOf(row) === PSEUDO);
    });
  }, idsOf(subject.topology));
  return sameData([...idsOf(layer)].sort(), [...inTurn].sort());
}
