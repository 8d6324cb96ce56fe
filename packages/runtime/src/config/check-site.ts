import type { Field, FilterExpr, Plugin, TopologyName, ViewDef } from '@ridgeline/core';
import { type ConfigPath, valueAt } from './config-path.ts';
import { faultExcerpt } from './filter-reader.ts';
import type { FilterScope } from './named-filters.ts';
import { canHave, nodesOf, type StageNodes } from './site-topologies.ts';

/** What a check of sites needs. */
export interface SiteScope extends FilterScope {
  /** All views there are. */
  readonly views: ReadonlyMap<string, ViewDef>;
  /** Topologies that a plugin of the config reports: what it says of their nodes nobody knows. */
  readonly open: ReadonlySet<TopologyName>;
}

/** The topologies that plugins report with sources of their own. */
export function reportedBy(plugins: readonly Plugin[]): ReadonlySet<TopologyName> {
  return new Set(
    plugins.flatMap(({ contributions }) => (contributions.sources ?? []).flatMap(({ def }) => def.produces)),
  );
}

/**
 * Tells of fields that no node has on which a clause acts: `docker.state` in a view of processes would hide all of them, and
 * `not docker.state = exited` none (semantics.md §4.6).
 *
 * @param about - the views that the clause is for; a field that one of them has is right
 * @param path - where the filter is written
 */
export function checkSite(
  expr: FilterExpr,
  about: readonly ViewDef[],
  path: ConfigPath,
  scope: SiteScope,
): void {
  if (about.length === 0) return;
  for (const name of fieldsIn(expr)) {
    const found = scope.registry.fields.find(name);
    if (found === undefined || about.some((view) => isThere(view, found.field, scope))) continue;
    const [only] = about.length === 1 ? about : [];
    const having = [...scope.views.values()].filter((view) => isThere(view, found.field, scope));
    const on = found.field.found?.on ?? [];
    const place = scope.placeOf(path);
    scope.issues.add(place, {
      code: 'misplaced',
      message: `no node of ${only === undefined ? 'any view' : `view ${only.name}`} has ${JSON.stringify(name)}: it is on nodes of ${listed(on)}`,
      suggestion:
        having.length === 0
          ? undefined
          : `write it under ${listed(
              having.map((view) => view.name),
              'or',
            )}`,
      ...excerptOf(valueAt(place.file.value, place.path), name),
    });
  }
}

function isThere(view: ViewDef, field: Field, { open }: SiteScope): boolean {
  const stage: StageNodes | undefined = nodesOf(view.site ?? view.renderer.plan);
  return stage === undefined || [...stage.topologies].some((name) => open.has(name)) || canHave(stage, field);
}

/** The fields that a filter itself compares; what a filter of a plugin looks at is its own business. */
function fieldsIn(expr: FilterExpr): ReadonlySet<string> {
  switch (expr.kind) {
    case 'and':
    case 'or':
      return new Set(expr.of.flatMap((part) => [...fieldsIn(part)]));
    case 'not':
      return fieldsIn(expr.of);
    case 'compare':
    case 'in':
    case 'has':
    case 'match':
      return new Set([expr.field]);
    default:
      return new Set();
  }
}

function excerptOf(
  written: unknown,
  field: string,
): { readonly excerpt?: string | undefined; readonly inText?: number } {
  const offset = typeof written === 'string' ? written.indexOf(field) : -1;
  if (typeof written !== 'string' || offset < 0) return {};
  const inText = { text: written, offset, length: field.length };
  return { excerpt: faultExcerpt({ code: 'unknown-field', message: '', inText }), inText: offset };
}

/** `a, b and c`; of many, the first few. */
function listed(items: readonly string[], by: 'and' | 'or' = 'and'): string {
  const shown = items.length > 4 ? [...items.slice(0, 3), `${items.length - 3} others`] : items;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} ${by} ${last}`;
}
