import type { CompiledPolicy, Report, SourceStatus, SourceStatuses } from '@ridgeline/core';
import { isEqual } from '@ridgeline/core';

/**
 * The sources that readers under a policy are told of: those on hosts they may know, without words and figures, which
 * speak of all that a source saw.
 *
 * @param before - given again when nothing of it has changed
 */
export function restrictSources(
  sources: SourceStatuses,
  policy: CompiledPolicy,
  report: Report,
  before: SourceStatuses,
): SourceStatuses {
  const told = sources.filter(({ host }) => policy.tellsOfHost(report, host)).map(withoutWords);
  return isEqual(told, before) ? before : told;
}

function withoutWords({ message: _message, facts: _facts, ...rest }: SourceStatus): SourceStatus {
  return rest;
}
