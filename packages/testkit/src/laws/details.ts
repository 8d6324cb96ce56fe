/** Law D14: the details of hidden nodes. */
import type { Engine, ViewRequest } from '@ridgeline/core';
import { sameData } from '../plain/canonical-text.ts';

/**
 * D14: asking for the details of any node, hidden ones too, changes no count: the ledger is that of an engine that was
 * never asked, before and after, and the picture stays the same object. Every node of the whole view has details.
 *
 * @param open - a new engine that holds the same reports
 */
export function detailsChangeNoCount(open: () => Engine, request: ViewRequest): boolean {
  const engine = open();
  const whole = open().render({ view: request.view, raw: true, orphans: 'keep' });
  const expected = open().render(request).ledger;
  // Half of the nodes are asked for before the view is ever rendered.
  const ids = [...whole.nodes.keys()];
  const ask = (some: typeof ids): boolean => some.every((id) => engine.details(request, id)?.id === id);
  const early = ask(ids.filter((_, i) => i % 2 === 0));
  const picture = engine.render(request);
  const late = ask(ids);
  return (
    early &&
    late &&
    engine.render(request) === picture &&
    sameData(picture.ledger, expected) &&
    sameData(engine.render({ ...request }).ledger, expected)
  );
}
