import {
  and,
  defineFilter,
  type FilterDef,
  type FilterExpr,
  INCOMING_INTERNET,
  not,
  OUTGOING_INTERNET,
  oneOf,
  PSEUDO,
  test,
} from '@ridgeline/core';

/**
 * A pseudo node that gathers what has no container or no controller; never the Internet or a known service, which
 * stand for something that is there.
 */
export const isGathered: FilterExpr = and(
  test('topology', '=', PSEUDO),
  not(oneOf('id', [INCOMING_INTERNET, OUTGOING_INTERNET])),
  not(test('id', '~', '^service-')),
);

/** Keeps "uncontained" and "unmanaged"; views use its opposite, on pseudo nodes too. */
export const gathered: FilterDef<Record<string, never>> = defineFilter({
  name: 'gathered',
  description: 'what stands for all that is uncontained or unmanaged on a host',
  pseudo: 'test',
  build: () => isGathered,
});

/** Keeps the Internet, incoming and outgoing. */
export const internet: FilterDef<Record<string, never>> = defineFilter({
  name: 'internet',
  description: 'the Internet, incoming and outgoing',
  pseudo: 'test',
  build: () => oneOf('id', [INCOMING_INTERNET, OUTGOING_INTERNET]),
});
