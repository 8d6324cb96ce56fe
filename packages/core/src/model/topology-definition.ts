import { badDefinition } from '../errors.ts';
import type { TopologyName } from '../ids/node-id.ts';
import type { NodeReader } from './node-reader.ts';
import { NO_TEMPLATES, type TopologyTemplates } from './topology-templates.ts';

/** How a node looks in a list or a graph. */
export interface Appearance {
  readonly label: string;
  readonly labelMinor: string;
  /** Nodes are laid out and listed by rank. */
  readonly rank: string;
  /** Left out: the shape of the topology. */
  readonly shape?: string;
  readonly tag?: string;
  /** Drawn as a stack: the node stands for several. */
  readonly stack?: boolean;
}

/** What the appearance of a node may depend on beside the node. */
export interface AppearanceScope {
  /** `3 containers`, `1 container`: a number with the label of a topology. */
  readonly countOf: (topology: TopologyName, count: number) => string;
}

/** A column of the table that lists nodes of a topology inside another node. */
export interface MemberColumn {
  /** The id of a metadata row, metric or count. */
  readonly id: string;
  readonly label: string;
  readonly dataType?: string;
}

/** What a topology is: how its nodes look and how they are shown. */
export interface TopologyDefinition {
  readonly kind: 'topology';
  readonly name: TopologyName;
  readonly templates: TopologyTemplates;
  appearance(node: NodeReader, scope: AppearanceScope): Appearance;
  /** Keys whose differing values are united when reports are merged. */
  readonly unites: readonly string[];
  /** The view in which a node of this topology is shown, for links to parents. */
  readonly view: string | undefined;
  /** How its nodes are listed as members of another node; `undefined`: they are not. */
  readonly members: { readonly label: string; readonly columns: readonly MemberColumn[] } | undefined;
}

/** What {@link defineTopology} takes; all but the name has a default. */
export interface TopologySpec {
  readonly name: TopologyName;
  readonly templates?: Partial<TopologyTemplates>;
  readonly appearance?: (node: NodeReader, scope: AppearanceScope) => Partial<Appearance>;
  readonly unites?: readonly string[];
  readonly view?: string;
  readonly members?: { readonly label: string; readonly columns?: readonly MemberColumn[] };
}

/**
 * Defines a topology. There is no closed list: a plugin may define any.
 *
 * @example
 * export const unit = defineTopology({
 *   name: 'systemd_unit',
 *   templates: { shape: 'square', label: 'unit', labelPlural: 'units' },
 *   appearance: (node) => ({ label: node.get(unitName) ?? node.id }),
 * });
 */
export function defineTopology(spec: TopologySpec): TopologyDefinition {
  if (!/^[a-z][a-z0-9_:]*$/.test(spec.name)) {
    throw badDefinition('topology', spec.name, 'not a name', 'use lower-case letters, digits, "_" and ":"');
  }
  return Object.freeze({
    kind: 'topology',
    name: spec.name,
    templates: { ...NO_TEMPLATES, ...spec.templates },
    appearance: (node, scope) => ({
      label: node.id,
      labelMinor: '',
      rank: '',
      ...spec.appearance?.(node, scope),
    }),
    unites: spec.unites ?? [],
    view: spec.view,
    members:
      spec.members === undefined
        ? undefined
        : { label: spec.members.label, columns: spec.members.columns ?? [] },
  });
}
