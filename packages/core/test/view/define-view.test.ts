import {
  test as compare,
  defineRenderer,
  defineView,
  layerOf,
  makeReport,
  noSettings,
  type OptionValue,
  RenderScope,
  SymbolTable,
  select,
  TrackedContext,
  type ViewDef,
} from '@ridgeline/core';
import { describe, expect, it } from 'vitest';

const renderer = defineRenderer({ name: 'containers', plan: select('container') });

function value(name: string, pseudo?: 'exempt' | 'test'): OptionValue {
  const expr = compare('k', '=', name);
  return { value: name, label: name, clauses: [pseudo === undefined ? { expr } : { expr, pseudo }] };
}

function viewOf(values: readonly OptionValue[] | (() => readonly OptionValue[])): ViewDef {
  const options = [{ id: 'chosen', default: '', selectType: 'union', values } as const];
  return defineView({ name: 'containers', label: 'Containers', renderer, options });
}

function clausesOf(view: ViewDef, chosen: readonly string[]): ReturnType<typeof layerOf>['clauses'] {
  const report = makeReport({ symbols: new SymbolTable(), window: { from: 0, to: 1 }, topologies: [] });
  const context = new TrackedContext(report, new RenderScope());
  return layerOf(view, { view: view.name, options: { chosen } }, noSettings, context).clauses;
}

describe('a union of option values', () => {
  it('tests pseudo nodes when all of its values do, whichever is chosen first', () => {
    const view = viewOf([value('a', 'test'), { value: 'none', label: 'none' }, value('b', 'test')]);

    expect(clausesOf(view, ['none', 'a']).map(({ pseudo }) => pseudo)).toEqual([]);
    expect(clausesOf(view, ['a', 'b']).map(({ pseudo }) => pseudo)).toEqual(['test']);
    expect(clausesOf(view, ['b', 'a']).map(({ pseudo }) => pseudo)).toEqual(['test']);
  });

  it('is refused where its values do not agree on pseudo nodes', () => {
    const values = [value('a'), value('b', 'test')];

    expect(() => viewOf(values)).toThrow('of its values some test pseudo nodes, others exempt them');
    expect(() =>
      clausesOf(
        viewOf(() => values),
        ['a', 'b'],
      ),
    ).toThrow('option group "chosen"');
    expect(
      clausesOf(
        viewOf(() => values),
        ['b'],
      ).map(({ pseudo }) => pseudo),
    ).toEqual(['test']);
  });
});
