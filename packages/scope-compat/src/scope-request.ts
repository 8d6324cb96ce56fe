import {
  type OptionGroup,
  offeredValues,
  type RenderContext,
  type ViewDef,
  type ViewRequest,
} from '@ridgeline/core';

/**
 * What a request of Scope's API asks of a view (WIRE.md §3): without any parameter no option filters apply, not even the
 * defaults; with one, every group without a value takes its default. An unknown value turns its group off.
 *
 * @param parameters - all query parameters, the first value of each; `undefined` when there is none at all
 */
export function scopeRequest(
  view: ViewDef,
  parameters: ReadonlyMap<string, string> | undefined,
  context: RenderContext,
): ViewRequest {
  const options: Record<string, readonly string[]> = {};
  if (parameters !== undefined) {
    for (const group of view.options) {
      const values = knownValues(group, parameters.get(group.id) ?? group.default, context);
      // Two groups may share an id and so a parameter (namespaces and stacks): each takes what it knows.
      const before = options[group.id] ?? [];
      if (values.length > 0) options[group.id] = group.selectType === 'one' ? values : [...before, ...values];
    }
  }
  return { view: view.name, options, raw: true };
}

function knownValues(group: OptionGroup, text: string, context: RenderContext): readonly string[] {
  const asked = group.selectType === 'union' ? text.split(',') : [text];
  const known = new Set(offeredValues(group, context).map((value) => value.value));
  return [...new Set(asked)].filter((value) => known.has(value));
}
