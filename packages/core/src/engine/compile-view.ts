import { inHook, RidgelineError, unknownName } from '../errors.ts';
import { and, or } from '../filter/construct.ts';
import type { FilterDef } from '../filter/define-filter.ts';
import { type ClauseInput, type FilterLayer, foldLayer, type OrphanPolicy } from '../filter/layer.ts';
import { nearestName } from '../filter/suggest.ts';
import type { RenderContext } from '../render/context.ts';
import { type OptionGroup, type OptionValue, pseudoOf, type ViewDef } from '../view/define-view.ts';
import type { Settings } from './settings.ts';

/** What is asked of a view. */
export interface ViewRequest {
  readonly view: string;
  /** Chosen values by option group. */
  readonly options?: Readonly<Record<string, string | readonly string[]>>;
  readonly filters?: readonly ClauseInput[];
  readonly orphans?: OrphanPolicy;
  /** Leave the defaults of option groups and the config's chains out. */
  readonly raw?: boolean;
}

/**
 * Folds the view's options, the config's chains and the request's filters into one layer (semantics.md §4.1).
 *
 * @param filters - the registered ones: they say whether a clause is about pseudo nodes
 * @throws RidgelineError `BAD_REQUEST`, `UNKNOWN_NAME` for option groups and values that the view does not have
 */
export function layerOf(
  view: ViewDef,
  request: ViewRequest,
  settings: Settings,
  context: RenderContext,
  filters: ReadonlyMap<string, FilterDef> = new Map(),
): FilterLayer {
  const own = settings.views[view.name];
  const clauses: ClauseInput[] = [];
  let orphans: OrphanPolicy | undefined;
  checkGroups(view, request);
  for (const group of view.options) {
    const values = chosenValues(view, group, request, settings, context);
    for (const value of values) orphans = value.orphans ?? orphans;
    clauses.push(...optionClauses(group, values));
  }
  if (request.raw !== true) {
    clauses.push(...settings.all.chain, ...(own?.chain ?? []));
    orphans = own?.orphans ?? settings.all.orphans ?? orphans;
  }
  clauses.push(...(request.filters ?? []));
  return foldLayer(clauses, request.orphans ?? orphans ?? 'drop-pseudo', filters);
}

/** The values of a group that a report offers. */
export function offeredValues(group: OptionGroup, context: RenderContext): readonly OptionValue[] {
  const { values } = group;
  return typeof values === 'function'
    ? inHook(`values of option ${group.id}`, () => values(context))
    : values;
}

function checkGroups(view: ViewDef, request: ViewRequest): void {
  const known = [...new Set(view.options.map((group) => group.id))];
  for (const id of Object.keys(request.options ?? {})) {
    if (!known.includes(id))
      throw unknownName(`option of view ${view.name}`, id, known, nearestName(id, known));
  }
}

function chosenValues(
  view: ViewDef,
  group: OptionGroup,
  request: ViewRequest,
  settings: Settings,
  context: RenderContext,
): readonly OptionValue[] {
  const asked = request.options?.[group.id];
  const configured = settings.views[view.name]?.options[group.id] ?? settings.all.options[group.id];
  const chosen = asked ?? (request.raw === true ? [] : (configured ?? [group.default]));
  const names = (typeof chosen === 'string' ? [chosen] : chosen).filter((name) => name !== '');
  if (group.selectType === 'one' && names.length > 1) {
    throw new RidgelineError(
      'BAD_REQUEST',
      `option ${group.id} of view ${view.name} takes one value, got ${names.join(', ')}`,
      { view: view.name, option: group.id },
    );
  }
  const offered = offeredValues(group, context);
  const values: OptionValue[] = [];
  for (const name of names) {
    const value = offered.find((candidate) => candidate.value === name);
    if (value !== undefined) values.push(value);
    else if (typeof group.values !== 'function') {
      const known = offered.map((candidate) => candidate.value);
      throw unknownName(
        `value of option ${group.id} of view ${view.name}`,
        name,
        known,
        nearestName(name, known),
      );
    }
    // A value that reports offer (a namespace) may be gone by now: then it restricts nothing.
  }
  return values;
}

/** One value is all of its clauses; several are OR-ed (semantics.md §4.2). */
function optionClauses(group: OptionGroup, values: readonly OptionValue[]): readonly ClauseInput[] {
  const [first, ...rest] = values;
  if (first === undefined) return [];
  if (rest.length === 0) {
    return (first.clauses ?? []).map(({ expr, pseudo }) => ({
      expr,
      ...(pseudo === undefined ? {} : { pseudo }),
      name: first.label,
      from: { kind: 'option', group: group.id, value: first.value },
    }));
  }
  return [
    {
      expr: or(...values.map((value) => and(...(value.clauses ?? []).map((clause) => clause.expr)))),
      ...unionPseudo(group, values),
      name: values.map((value) => value.label).join(', '),
      from: { kind: 'option', group: group.id, value: values.map((value) => value.value).join(',') },
    },
  ];
}

/**
 * What a union says of pseudo nodes. The values of a group that is written down agree on it (`defineView` sees to that); those
 * that a report offers may not, and whether a pseudo node passes then cannot be said of one clause.
 */
function unionPseudo(group: OptionGroup, values: readonly OptionValue[]): Pick<ClauseInput, 'pseudo'> {
  const isSaid = values.some(({ clauses = [] }) => clauses.some(({ pseudo }) => pseudo !== undefined));
  if (!isSaid) return {};
  const found = pseudoOf(values);
  if (found.length > 1) {
    throw new RidgelineError(
      'BAD_DEFINITION',
      `option group "${group.id}": of its values some test pseudo nodes, others exempt them`,
      { option: group.id },
      'give the clauses of all values of a union one `pseudo`',
    );
  }
  return { pseudo: found[0] ?? 'exempt' };
}
