import type {
  FilterCheckAnswer,
  NamedFilterAnswer,
  NamedFiltersAnswer,
  VocabularyAnswer,
} from '@ridgeline/client/schema';
import { type FilterDef, parseFilter, printFilter, type Registry, signatureOf } from '@ridgeline/core';
import type { Outlook } from '../outlook.ts';

/** What is wrong with a filter's text. */
export function answerCheck({ filters }: Outlook, text: string): FilterCheckAnswer {
  const parsed = parseFilter(text, filters.knownNames);
  if (!parsed.ok) return { ok: false, errors: parsed.errors };
  const read = filters.read(text, { kind: 'request' });
  if (read.ok) return { ok: true, text: printFilter(parsed.expr) };
  // What a definition or a filter's own check says against it has no place of its own in the text.
  const errors = read.faults.map(({ path: _path, inText: _inText, ...fault }) => ({
    ...fault,
    offset: 0,
    length: text.length,
  }));
  return { ok: false, errors };
}

/** The names that filters may use. */
export function answerVocabulary(registry: Registry): VocabularyAnswer {
  return {
    fields: registry.fields.list().map(({ name, description }) => ({ name, description })),
    filters: [...registry.filters.values()]
      .map(({ name, description, parameters }) => ({
        name,
        description,
        parameters: parameters.map((parameter) => ({ name: parameter.name, required: parameter.required })),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** The filters that have names: the config's own, then those of plugins. */
export function answerNamedFilters({ engine, filters }: Outlook): NamedFiltersAnswer {
  const configured = [...filters.named.values()].map((filter) => ({
    name: filter.name,
    text: printFilter(filter.expr),
    ...parametersOf(signatureOf(filter).parameters),
  }));
  const brought = [...engine.registry.filters.values()].map((filter) => ({
    name: filter.name,
    text: textOf(filter),
    ...parametersOf(filter.parameters),
    description: filter.description,
  }));
  return { filters: [...configured.sort(byName), ...brought.sort(byName)] };
}

/** What a filter without parameters stands for, where it is said in the language; else how it is called. */
function textOf(filter: FilterDef): string {
  const { name, parameters, options } = filter;
  if (parameters.length > 0) return `${name}(${parameters.map((parameter) => parameter.name).join(', ')})`;
  if (options !== undefined) return name;
  try {
    const body = filter.build({});
    return typeof body === 'function' ? name : printFilter(body);
  } catch {
    // The seam to a plugin: a filter that cannot be built is listed by its name, and refused where it is used.
    return name;
  }
}

function parametersOf(
  parameters: readonly { readonly name: string; readonly required: boolean }[],
): Pick<NamedFilterAnswer, 'parameters'> {
  if (parameters.length === 0) return {};
  return { parameters: parameters.map(({ name, required }) => ({ name, required })) };
}

function byName(a: NamedFilterAnswer, b: NamedFilterAnswer): number {
  return a.name < b.name ? -1 : 1;
}
