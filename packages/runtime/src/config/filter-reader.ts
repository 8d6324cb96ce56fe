import {
  type ClauseInput,
  compileFilter,
  describeFilterProblem,
  type ExpandProblem,
  expandFilters,
  type FilterExpr,
  type FilterJsonError,
  type FilterProblem,
  filterFromJson,
  formatFilterError,
  type KnownNames,
  type NamedFilter,
  type Origin,
  type Registry,
  RidgelineError,
  signatureOf,
} from '@ridgeline/core';

/** What is wrong with a filter, as {@link FilterReader} finds it. */
export type FilterFault = FilterProblem & Partial<Pick<FilterJsonError, 'path' | 'inText'>>;

/** A filter ready for a layer, or everything that is wrong with it. */
export type ReadClause =
  | { readonly ok: true; readonly clause: ClauseInput }
  | { readonly ok: false; readonly faults: readonly FilterFault[] };

/** Reads filters in which the names of plugins and of a config may be used. */
export class FilterReader {
  readonly #registry: Registry;
  readonly #named: ReadonlyMap<string, NamedFilter>;

  constructor(registry: Registry, named: ReadonlyMap<string, NamedFilter>) {
    this.#registry = registry;
    this.#named = named;
  }

  /** The named filters of the config. */
  get named(): ReadonlyMap<string, NamedFilter> {
    return this.#named;
  }

  /** The names that a filter may use, for parsing and completion. */
  get knownNames(): KnownNames {
    return namesWith(this.#registry.knownNames, this.#named);
  }

  /**
   * Reads a filter as text or in its JSON form; named filters in it are replaced by what they stand for.
   *
   * @param input - untrusted
   * @param from - where the ledger says it comes from
   */
  read(
    input: unknown,
    from: Origin,
    {
      name,
      pseudo,
    }: { readonly name?: string | undefined; readonly pseudo?: 'exempt' | 'test' | undefined } = {},
  ): ReadClause {
    const parsed = filterFromJson(input, this.knownNames);
    if (!parsed.ok) return { ok: false, faults: parsed.errors };
    const expanded = expandFilters(parsed.expr, this.#named);
    if (!expanded.ok) return { ok: false, faults: expanded.errors.map(placeInside) };
    const refused = this.#refusal(expanded.expr);
    if (refused !== undefined) return { ok: false, faults: [refused] };
    const called = calledFilter(parsed.expr);
    const title = name ?? (called !== undefined && this.#named.has(called) ? called : undefined);
    return {
      ok: true,
      clause: {
        expr: expanded.expr,
        from,
        ...(pseudo === undefined ? {} : { pseudo }),
        ...(title === undefined ? {} : { name: title }),
      },
    };
  }

  /** What a filter of a plugin says against its arguments. */
  #refusal(expr: FilterExpr): FilterFault | undefined {
    try {
      compileFilter(expr, this.#registry.environment);
      return undefined;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (error instanceof RidgelineError) return { code: 'bad-argument', message };
      return { code: 'bad-argument', message: `a filter cannot be built: ${message}` };
    }
  }
}

/** Known names with those of named filters. */
export function namesWith(
  known: KnownNames,
  named: ReadonlyMap<string, NamedFilter>,
  parameters?: readonly string[],
): KnownNames {
  return {
    isField: (name) => known.isField(name),
    fields: () => known.fields(),
    filter: (name) => {
      const definition = named.get(name);
      return definition === undefined ? known.filter(name) : signatureOf(definition);
    },
    filters: () => [...named.keys(), ...known.filters()],
    ...(parameters === undefined ? {} : { parameters }),
  };
}

/** A fault in one sentence without its suggestion. */
export function faultSentence(fault: FilterProblem): string {
  const { suggestion: _, ...rest } = fault;
  return describeFilterProblem(rest);
}

/** The faulty text with a caret below the fault. */
export function faultExcerpt(fault: FilterFault): string | undefined {
  if (fault.inText === undefined) return undefined;
  const { text, offset, length } = fault.inText;
  const [, ...drawing] = formatFilterError(text, { ...fault, message: '', offset, length }).split('\n');
  return drawing.map((line) => line.slice(2)).join('\n');
}

function calledFilter(expr: FilterExpr): string | undefined {
  return expr.kind === 'call' ? expr.name : undefined;
}

function placeInside({ inside, ...problem }: ExpandProblem): FilterFault {
  return inside.length === 0
    ? problem
    : { ...problem, message: `${problem.message} (in ${inside.join(' → ')})` };
}
