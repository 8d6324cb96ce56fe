import type { StandardSchemaV1 } from '@standard-schema/spec';
import { badDefinition } from '../errors.ts';
import type { Millis } from '../ids/instant.ts';
import type { NodeReader } from '../model/node-reader.ts';
import type { FilterExpr } from './expression.ts';
import type { FilterParameter } from './names.ts';

/** What a predicate may know beside its node. */
export interface FilterMoment {
  /** The end of the report's window. */
  readonly now: Millis;
}

/** A predicate on nodes, or the same said in the filter language, which runs on columns. */
export type FilterBody = FilterExpr | ((node: NodeReader, moment: FilterMoment) => boolean);

/** A named filter: its options are checked once, the predicate closes over their resolved values. */
export interface FilterDef<Options = unknown> {
  readonly kind: 'filter';
  readonly name: string;
  readonly description: string;
  /** In the order of positional arguments. */
  readonly parameters: readonly FilterParameter[];
  readonly options: StandardSchemaV1<unknown, Options> | undefined;
  /** `graph`: it reads edges, so a second pass may reject more (law D5 is not asked of it). */
  readonly reads: 'node' | 'graph';
  /** Whether pseudo nodes pass untested when the filter is a clause of its own. */
  readonly pseudo: 'exempt' | 'test';
  build(options: Options): FilterBody;
}

/** What {@link defineFilter} takes. */
export interface FilterSpec<Options> {
  readonly name: string;
  readonly description: string;
  readonly parameters?: readonly FilterParameter[];
  readonly options?: StandardSchemaV1<unknown, Options>;
  readonly reads?: 'node' | 'graph';
  readonly pseudo?: 'exempt' | 'test';
  readonly build: (options: Options) => FilterBody;
}

const NAME = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/;

/**
 * Defines a filter. It *keeps* the nodes for which it holds.
 *
 * @example
 * export const state = defineFilter({
 *   name: 'docker.state',
 *   description: 'containers in a state',
 *   parameters: [{ name: 'is', required: true }],
 *   options: z.object({ is: z.string() }),
 *   build: ({ is }) => (node) => node.get(containerState) === is,
 * });
 * @throws RidgelineError `BAD_DEFINITION` for a name that the filter language could not read
 */
export function defineFilter<Options = Record<string, never>>(spec: FilterSpec<Options>): FilterDef<Options> {
  if (!NAME.test(spec.name)) {
    throw badDefinition('filter', spec.name, 'not a name', 'use lower-case words joined by dots or dashes');
  }
  return Object.freeze({
    kind: 'filter',
    name: spec.name,
    description: spec.description,
    parameters: spec.parameters ?? [],
    options: spec.options,
    reads: spec.reads ?? 'node',
    pseudo: spec.pseudo ?? 'exempt',
    build: spec.build,
  });
}
