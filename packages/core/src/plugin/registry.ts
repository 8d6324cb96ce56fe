import { duplicateName, unknownName } from '../errors.ts';
import type { FilterEnvironment } from '../filter/compile.ts';
import type { FilterDef } from '../filter/define-filter.ts';
import { coreFields, type Field, FieldCatalogue } from '../filter/field.ts';
import type { KnownNames } from '../filter/names.ts';
import { nearestName } from '../filter/suggest.ts';
import type { TopologyDefinition } from '../model/topology-definition.ts';
import type { RendererDef } from '../render/define-renderer.ts';
import type { DetailsDecorator } from '../view/define-details.ts';
import type { ViewDef } from '../view/define-view.ts';
import { Definitions } from '../view/definitions.ts';
import type { Plugin, SourceUse } from './define-plugin.ts';

/** Everything that a set of plugins offers, by name. Immutable; nothing is global. */
export class Registry {
  readonly definitions: Definitions;
  readonly fields: FieldCatalogue;
  readonly filters: ReadonlyMap<string, FilterDef>;
  readonly renderers: ReadonlyMap<string, RendererDef>;
  readonly sources: readonly SourceUse[];
  /** By rank, then name; a view's children after it. */
  readonly views: ReadonlyMap<string, ViewDef>;
  readonly #owners = new Map<string, string>();

  /** @throws RidgelineError `DUPLICATE_NAME` that names both plugins */
  constructor(plugins: readonly Plugin[]) {
    const collect = <T extends { readonly name: string }>(
      kind: string,
      of: (plugin: Plugin) => readonly T[] | undefined,
    ): ReadonlyMap<string, T> => {
      const found = new Map<string, T>();
      for (const plugin of plugins) {
        for (const item of of(plugin) ?? []) {
          const owner = this.#owners.get(`${kind} ${item.name}`);
          if (owner !== undefined)
            throw duplicateName(kind, item.name, [`plugin ${owner}`, `plugin ${plugin.name}`]);
          this.#owners.set(`${kind} ${item.name}`, plugin.name);
          found.set(item.name, item);
        }
      }
      return found;
    };
    const topologies = collect<TopologyDefinition>('topology', (p) => p.contributions.topologies);
    const fields = collect<Field>('field', (p) => p.contributions.fields);
    const details = collect<DetailsDecorator>('details', (p) => p.contributions.details);
    this.definitions = new Definitions(topologies.values(), [...details.values()]);
    this.fields = new FieldCatalogue([...coreFields, ...fields.values()]);
    this.filters = collect<FilterDef>(
      'filter',
      (p) => p.contributions.filters as readonly FilterDef[] | undefined,
    );
    this.renderers = collect('renderer', (p) => p.contributions.renderers);
    this.sources = plugins.flatMap(
      (p) => (p.contributions.sources ?? []) as readonly unknown[] as readonly SourceUse[],
    );
    this.views = sortViews(collect('view', (p) => p.contributions.views));
  }

  /** The plugin that something comes from. */
  ownerOf(kind: 'topology' | 'field' | 'filter' | 'renderer' | 'view', name: string): string | undefined {
    return this.#owners.get(`${kind} ${name}`);
  }

  /** @throws RidgelineError `UNKNOWN_NAME` with the nearest name */
  view(name: string): ViewDef {
    const view = this.views.get(name);
    if (view !== undefined) return view;
    const known = [...this.views.keys()];
    throw unknownName('view', name, known, nearestName(name, known));
  }

  /** What filters are compiled with. */
  get environment(): FilterEnvironment {
    return { fields: this.fields, filters: this.filters };
  }

  /** The names that a filter's text may use, for parsing and completion. */
  get knownNames(): KnownNames {
    return {
      isField: (name) => this.fields.find(name) !== undefined,
      fields: () => this.fields.list().map((field) => field.name),
      filter: (name) => this.filters.get(name),
      filters: () => this.filters.keys(),
    };
  }
}

function sortViews(views: ReadonlyMap<string, ViewDef>): ReadonlyMap<string, ViewDef> {
  const ordered = [...views.values()].sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
  const tops = ordered.filter((view) => view.parent === undefined || !views.has(view.parent));
  const sorted = new Map<string, ViewDef>();
  const add = (view: ViewDef): void => {
    if (sorted.has(view.name)) return;
    sorted.set(view.name, view);
    for (const child of ordered) if (child.parent === view.name) add(child);
  };
  for (const view of [...tops, ...ordered]) add(view);
  return sorted;
}
