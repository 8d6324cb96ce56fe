import {
  and,
  call,
  defineFilter,
  type FilterDef,
  type FilterExpr,
  not,
  or,
  PSEUDO,
  test,
} from '@ridgeline/core';
import { hasDockerLabel } from '@ridgeline/filters-builtin';
import { type Json, listOf, mapOf, textOf, textsOf } from '../json.ts';

/** Keeps what bears the mark of coloured views: ours look at the edges themselves. */
export const marked: FilterDef<Record<string, never>> = defineFilter({
  name: 'marked-connected',
  description: 'bears the mark of connected nodes',
  build: () => (node) => node.raw('is_connected') !== undefined,
});

/** The original's predicates by name, as expressions of our filter language. */
const NAMED: ReadonlyMap<string, FilterExpr> = new Map<string, FilterExpr>([
  ['isRunning', call('running')],
  ['isStopped', call('stopped')],
  ['isApplication', call('application')],
  ['isSystem', call('system')],
  ['isNotPseudo', not(call('gathered'))],
  ['isPseudoTopology', test('topology', '=', PSEUDO)],
  ['isConnected', call(marked.name)],
  ['isPodComponent', not(call('storage'))],
  ['isNonSnapshotComponent', not(call('snapshots'))],
  ['isInternetNode', call('internet')],
]);

/** A predicate of an expectation; `undefined` for one of an unknown name. */
export function predicateOf(json: Json): FilterExpr | undefined {
  if (typeof json === 'string') return NAMED.get(json);
  const [[kind, argument] = []] = Object.entries(mapOf(json));
  switch (kind) {
    case 'namespace':
      return call('in-namespace', { name: textOf(argument) });
    case 'topology':
      return test('topology', '=', textOf(argument));
    case 'label':
    case 'notLabel': {
      const [key = '', value = ''] = textsOf(argument);
      const holds = hasDockerLabel(key, value);
      return kind === 'label' ? holds : not(holds);
    }
    case 'any':
    case 'all': {
      const parts = listOf(argument).map(predicateOf);
      const known = parts.filter((part) => part !== undefined);
      if (known.length < parts.length) return undefined;
      return kind === 'any' ? or(...known) : and(...known);
    }
    case 'not': {
      const of = predicateOf(argument ?? null);
      return of === undefined ? undefined : not(of);
    }
    default:
      return undefined;
  }
}
