import type { ViewQuery } from '@ridgeline/client/schema';
import {
  type ClauseInput,
  describeFilterProblem,
  formatFilterError,
  parseFilter,
  RidgelineError,
  type ViewRequest,
} from '@ridgeline/core';
import type { FilterReader } from '@ridgeline/runtime';
import type { Outlook } from '../outlook.ts';

/**
 * What a query asks of a view.
 *
 * @throws RidgelineError `BAD_REQUEST` with each mistake in a filter, `UNKNOWN_NAME` for the view
 */
export function viewRequest(outlook: Outlook, view: string, query: ViewQuery): ViewRequest {
  outlook.view(view);
  const options = optionsOf(query.option ?? []);
  return {
    view,
    filters: clausesOf(outlook.filters, query.filter ?? []),
    ...(options.size === 0 ? {} : { options: Object.fromEntries(options) }),
    ...(query.orphans === undefined ? {} : { orphans: query.orphans }),
    ...(query.raw === 'true' ? { raw: true } : {}),
  };
}

function clausesOf(reader: FilterReader, texts: readonly string[]): readonly ClauseInput[] {
  const clauses: ClauseInput[] = [];
  const mistakes: string[] = [];
  for (const text of texts) {
    const parsed = parseFilter(text, reader.knownNames);
    if (!parsed.ok) {
      mistakes.push(...parsed.errors.map((error) => formatFilterError(text, error)));
      continue;
    }
    const read = reader.read(text, { kind: 'request' });
    if (read.ok) clauses.push(read.clause);
    else mistakes.push(...read.faults.map(describeFilterProblem));
  }
  if (mistakes.length > 0) {
    throw new RidgelineError(
      'BAD_REQUEST',
      `the filter cannot be read: ${mistakes.join('\n')}`,
      { filters: [...texts] },
      'ask /api/v1/filters/check what is wrong, /api/v1/filters for the names',
    );
  }
  return clauses;
}

/** `group=value` pairs; a group that comes several times has all values, an empty value is none. */
function optionsOf(pairs: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const options = new Map<string, string[]>();
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals <= 0) {
      throw new RidgelineError(
        'BAD_REQUEST',
        `option ${JSON.stringify(pair)} is not of the form group=value`,
        {},
        'ask /api/v1/views for the groups and values of each view',
      );
    }
    const group = pair.slice(0, equals);
    options.set(group, [...(options.get(group) ?? []), pair.slice(equals + 1)]);
  }
  return options;
}
