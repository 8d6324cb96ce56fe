import { type Flow, type FlowEnd, isDestinationTranslated, isSourceTranslated } from './flow.ts';

/** An address and port that stands for another. */
export interface Translation {
  /** What the other side sees. */
  readonly copy: FlowEnd;
  /** Who it is in truth. */
  readonly original: FlowEnd;
}

/**
 * The translations of a flow: none, one, or two where both ends are hidden from each other.
 *
 * - DNAT: whom the client meant to reach is a copy of the server that answers.
 * - SNAT: whom the server answers to is a copy of the client.
 *
 * Laws: a flow whose reply is its original reversed has none; with the translations undone the two tuples are each other's reverse.
 */
export function translationsOf(flow: Flow): readonly Translation[] {
  const found: Translation[] = [];
  if (isDestinationTranslated(flow)) found.push({ copy: flow.destination, original: flow.replySource });
  if (isSourceTranslated(flow)) found.push({ copy: flow.replyDestination, original: flow.source });
  return found;
}
