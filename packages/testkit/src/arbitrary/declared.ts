import { type Attribute, type AttributeType, type Report, SymbolTable } from '@ridgeline/core';
import * as fc from 'fast-check';
import { buildReport } from '../plain/build-report.ts';
import {
  emptyPlainReport,
  type PlainKnowledge,
  type PlainLatest,
  type PlainNode,
} from '../plain/plain-report.ts';
import { plainFacts, showReport } from './reports.ts';
import { maps, sets, times } from './ties.ts';

/** What nodes of a declared topology are generated of. */
export interface DeclaredTopology {
  /** A few ids, made by the id kind of the topology: few, so that reports meet in them. */
  readonly ids: readonly string[];
  /** What may be known of a node; each attribute is there or not. */
  readonly attributes?: readonly DeclaredAttribute[];
  /** Nodes of other topologies that it may belong to, by topology. */
  readonly parents?: Readonly<Record<string, readonly string[]>>;
  /** Whether nodes have edges to others of their topology; default true. */
  readonly edges?: boolean;
}

/** An attribute, alone or with the values it is to have: as texts, as they stand in a report. */
export type DeclaredAttribute =
  | Attribute<unknown>
  | { readonly attribute: Attribute<unknown>; readonly values: readonly [string, ...string[]] };

/** Values by type of attribute: few, so that ties are common; some that are none of the type, as a foreign report may have them. */
const VALUES: Readonly<Record<AttributeType, readonly string[]>> = Object.freeze({
  string: ['a', 'b', ''],
  number: ['0', '1', '2.5', 'many'],
  boolean: ['true', 'false', 'yes'],
  ip: ['10.0.0.1', '10.0.0.2', '::1'],
  datetime: ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:01.000Z', 'soon'],
  duration: ['0', '60', 'long'],
});

/**
 * Reports of the topologies that a plugin declares or uses: the ids, attributes and parents that its functions look for, in all
 * combinations. What shrinks, shrinks towards few nodes of which little is known.
 *
 * @example
 * declaredReports({
 *   container: {
 *     ids: ['a', 'b', 'c'].map((key) => containerId.encode(key)),
 *     attributes: [containerState, { attribute: teamLabel, values: ['shop', 'search'] }],
 *   },
 * })
 */
export function declaredReports(
  topologies: Readonly<Record<string, DeclaredTopology>>,
): fc.Arbitrary<Report> {
  const declared = Object.entries(topologies).map(([name, topology]) =>
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...topology.ids), nodesOf(topology)), {
        maxLength: topology.ids.length,
        selector: ([id]) => id,
      })
      .map((nodes): [string, Map<string, PlainNode>] => [name, new Map(nodes)]),
  );
  return fc
    .tuple(...declared)
    .map((all) => ({
      ...emptyPlainReport,
      window: { from: 0, to: 2 },
      topologies: new Map(all.filter(([, nodes]) => nodes.size > 0)),
    }))
    .map((plain) => showReport(buildReport(plain, new SymbolTable())));
}

function nodesOf({
  ids,
  attributes = [],
  parents = {},
  edges = true,
}: DeclaredTopology): fc.Arbitrary<PlainNode> {
  const known = fc.tuple(...attributes.map(knownOf)).map((made) => made.filter((one) => one !== undefined));
  const heads = maps(
    fc.constantFrom(...ids),
    maps(fc.constantFrom('s', 't'), plainFacts(), 1),
    edges ? 2 : 0,
  );
  return fc.tuple(known, parentsOf(parents), heads).map(([made, belongs, out]) => ({
    ...knowledgeOf(made),
    parents: belongs,
    edges: out,
  }));
}

/** An attribute that a node has: its place, key and value. */
type Known =
  | { readonly place: 'latest'; readonly key: string; readonly value: PlainLatest }
  | { readonly place: 'sets'; readonly key: string; readonly value: readonly string[] };

function knownOf(declared: DeclaredAttribute): fc.Arbitrary<Known | undefined> {
  const attribute = 'attribute' in declared ? declared.attribute : declared;
  const values = fc.constantFrom(...('values' in declared ? declared.values : VALUES[attribute.type]));
  const { key, place } = attribute;
  const made: fc.Arbitrary<Known> =
    place === 'sets'
      ? sets(values).map((value) => ({ place, key, value }))
      : fc.tuple(values, times()).map((value) => ({ place, key, value }));
  return fc.option(made, { nil: undefined, freq: 3 });
}

function parentsOf(
  parents: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<Map<string, string[]>> {
  const each = Object.entries(parents).map(([topology, ids]) =>
    fc.subarray([...ids].sort(), { maxLength: 2 }).map((chosen): [string, string[]] => [topology, chosen]),
  );
  return fc.tuple(...each).map((all) => new Map(all.filter(([, ids]) => ids.length > 0)));
}

function knowledgeOf(known: readonly Known[]): Omit<PlainKnowledge, 'parents'> {
  const latest = new Map<string, PlainLatest>();
  const found = new Map<string, readonly string[]>();
  for (const one of known) {
    if (one.place === 'latest') latest.set(one.key, one.value);
    else found.set(one.key, one.value);
  }
  return { latest, sets: found, metrics: new Map() };
}
