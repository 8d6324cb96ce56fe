import {
  type ClauseInput,
  describeFilterProblem,
  formatFilterError,
  parseFilter,
  type Registry,
  type ViewRequest,
} from '@ridgeline/core';
import type { FilterReader } from '@ridgeline/runtime';
import { UsageError } from '../failure.ts';
import type { ViewFlags } from './flags.ts';

/**
 * What the flags ask of a view.
 *
 * @param reader - knows the named filters of the config, too
 * @throws UsageError with each mistake in a filter, and a caret below it; RidgelineError `UNKNOWN_NAME`
 */
export function requestOf(
  registry: Registry,
  reader: FilterReader,
  view: string,
  flags: ViewFlags,
): ViewRequest {
  registry.view(view);
  const options = optionsOf(flags.option);
  return {
    view,
    filters: clausesOf(reader, flags.filter),
    ...(Object.keys(options).length === 0 ? {} : { options }),
    ...(flags.orphans === undefined ? {} : { orphans: flags.orphans }),
    ...(flags.raw === true ? { raw: true } : {}),
  };
}

function clausesOf(reader: FilterReader, texts: readonly string[]): readonly ClauseInput[] {
  const clauses: ClauseInput[] = [];
  const mistakes: string[] = [];
  for (const text of texts) {
    const parsed = parseFilter(text, reader.knownNames);
    if (!parsed.ok) {
      mistakes.push(
        ...parsed.errors.map((error) =>
          text === '' ? describeFilterProblem(error) : formatFilterError(text, error),
        ),
      );
      continue;
    }
    const read = reader.read(text, { kind: 'request' });
    if (read.ok) clauses.push(read.clause);
    else mistakes.push(...read.faults.map(describeFilterProblem));
  }
  if (mistakes.length > 0) {
    throw new UsageError(
      `the filter cannot be read\n${mistakes.map((mistake) => mistake.replace(/^/gm, '  ')).join('\n')}`,
      'fields and filters: ridgeline filters',
    );
  }
  return clauses;
}

/** `group=value` pairs; a group that comes twice has both values, an empty value is none. */
function optionsOf(pairs: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const options: Record<string, string[]> = {};
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals <= 0) {
      throw new UsageError(
        `--option ${pair}: not of the form group=value`,
        'the groups and values of each view: ridgeline views',
      );
    }
    const group = pair.slice(0, equals);
    options[group] ??= [];
    options[group].push(pair.slice(equals + 1));
  }
  return options;
}
