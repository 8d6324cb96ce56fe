import {
  defineView,
  type FilterExpr,
  has,
  not,
  type OptionGroup,
  or,
  test,
  type ViewDef,
} from '@ridgeline/core';

/** A filter on a container's Docker label that a Scope app is started with. */
export interface ContainerLabelFilter {
  readonly title: string;
  readonly key: string;
  readonly value: string;
  /** Whether containers with the label are left out, and not the others. */
  readonly exclude: boolean;
}

/** The group that custom filters are choices of, beside "system" and "application" (RULES.md §6). */
const GROUP = 'system';

/** The views with custom filters as further values of their group for system containers. */
export function withLabelFilters(
  views: readonly ViewDef[],
  filters: readonly ContainerLabelFilter[],
): readonly ViewDef[] {
  return views.map((view) => {
    if (!view.options.some((group) => group.id === GROUP)) return view;
    const options = view.options.map((group) => (group.id === GROUP ? extend(group, filters) : group));
    const { name, label, rank, parent, renderer, site, hideIfEmpty } = view;
    return defineView({
      name,
      label,
      rank,
      ...(parent === undefined ? {} : { parent }),
      renderer,
      ...(site === undefined ? {} : { site }),
      options,
      hideIfEmpty,
    });
  });
}

function extend(group: OptionGroup, filters: readonly ContainerLabelFilter[]): OptionGroup {
  if (typeof group.values === 'function') return group;
  const custom = filters.map((filter, i) => ({
    value: `containerLabelFilter${i}`,
    label: filter.title,
    clauses: [{ expr: labelTest(filter) }],
  }));
  return { ...group, values: [...group.values, ...custom] };
}

/** A missing label is an empty one. */
function labelTest({ key, value, exclude }: ContainerLabelFilter): FilterExpr {
  const field = `docker.label.${key}`;
  const equal = test(field, '=', value);
  const holds = value === '' ? or(equal, not(has(field))) : equal;
  return exclude ? not(holds) : holds;
}
