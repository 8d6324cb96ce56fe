import { badDefinition } from '../errors.ts';
import type { TopologyName } from '../ids/node-id.ts';
import type { NodeReader } from '../model/node-reader.ts';
import type { RenderContext } from '../render/context.ts';
import type { MetadataRow } from './summary.ts';
import type { NodeTable } from './tables.ts';

/** What is added to the details of a node. */
export interface DetailsAddition {
  /** Rows after those of the topology's templates; one with the id of another takes its place. */
  readonly metadata?: readonly MetadataRow[];
  /** Tables after those of the topology's templates; one with the id of another takes its place. */
  readonly tables?: readonly NodeTable[];
}

/** Adds to the details of nodes: what a template cannot say, because it is computed. */
export interface DetailsDecorator {
  readonly kind: 'details';
  readonly name: string;
  /** The topology whose nodes it is asked about; left out: all. */
  readonly topology: TopologyName | undefined;
  readonly add: (
    node: NodeReader,
    context: Pick<RenderContext, 'topology' | 'dns' | 'now'>,
  ) => DetailsAddition;
}

/**
 * Defines a decorator of details.
 *
 * @example
 * export const owners = defineDetails({
 *   name: 'owners',
 *   topology: 'container',
 *   add: (node) => ({ metadata: [{ id: 'owner', label: 'Owner', value: ownerOf(node) }] }),
 * });
 */
export function defineDetails(
  spec: Omit<DetailsDecorator, 'kind' | 'topology'> & { readonly topology?: TopologyName },
): DetailsDecorator {
  if (!/^[a-z][a-z0-9-]*$/.test(spec.name)) {
    throw badDefinition('details', spec.name, 'not a name', 'use lower-case letters, digits and dashes');
  }
  return Object.freeze({ kind: 'details', name: spec.name, topology: spec.topology, add: spec.add });
}

/** What is there with what is added: an id that comes again takes the place of the one before. */
export function addById<T extends { readonly id: string }>(
  there: readonly T[],
  added: readonly T[],
): readonly T[] {
  if (added.length === 0) return there;
  return [...new Map([...there, ...added].map((item) => [item.id, item])).values()];
}
