import { type CompiledPolicy, compilePolicy, type PolicyRules, test } from '@ridgeline/core';
import * as fc from 'fast-check';
import { mergePlainReports } from '../oracle/merge-oracle.ts';
import { bareNode, emptyPlainReport, type PlainNode, type PlainReport } from '../plain/plain-report.ts';
import { layerEnvironment } from './layers.ts';
import { plainFacts, plainReports } from './reports.ts';
import { tieIds } from './ties.ts';

/** Every text that only hidden things hold contains it. */
export const SECRET = 'secret';

const KINDS = ['endpoint', 'process', 'container'] as const;
/** The attribute whose value is the id of the node that a node belongs to. */
const OWNER = 'owner';

const rules: PolicyRules = {
  belongings: [
    {
      topology: 'endpoint',
      to: 'process',
      owners: (node) => node.set(OWNER),
      names: (node) => [`called ${node.id}`],
    },
  ],
  addresses: new Map([['endpoint', (node) => node.set('address')]]),
  hosts: new Map([['container', (node) => node.set('host')]]),
};

/** A policy that hides the nodes of {@link secretReports}, removes their environment and cuts their command lines. */
export function secretPolicy(): CompiledPolicy {
  return compilePolicy(
    {
      hide: KINDS.map((topology) => ({ topology, filter: test('k', '=', SECRET) })),
      redact: [
        { key: 'env_*', how: 'remove' },
        { topology: 'process', key: 'command', how: 'first-word' },
      ],
    },
    layerEnvironment,
    rules,
  );
}

/** Two reports that differ only in what {@link secretPolicy} removes. */
export function secretReports(): fc.Arbitrary<readonly [plain: PlainReport, withSecrets: PlainReport]> {
  const base = plainReports({ topologies: KINDS }).map((plain) => ({
    ...plain,
    sampling: new Map(),
    issues: [],
    templates: new Map(),
    topologies: mapNodes(plain, (kind, _, node) => {
      if (kind === 'process') return withLatest(node, 'command', 'run');
      const [owner] = plain.topologies.get('process')?.keys() ?? [];
      return kind === 'endpoint' && owner !== undefined ? withOwner(node, owner) : node;
    }),
  }));
  return fc
    .tuple(base, secrets())
    .map(([plain, make]) => [
      plain,
      { ...mergePlainReports(plain, make(plain)), templates: plain.templates },
    ]);
}

/** What is added to a report: hidden nodes, what only they lead to, and what visible nodes say of them. */
function secrets(): fc.Arbitrary<(plain: PlainReport) => PlainReport> {
  const hidden = fc.uniqueArray(fc.constantFrom(...KINDS), { maxLength: 3 });
  const links = fc.uniqueArray(fc.constantFrom(...tieIds), { maxLength: 3 });
  return fc
    .record({ hidden, links, fact: plainFacts(), samples: fc.boolean(), losses: fc.boolean() })
    .map(({ hidden: kinds, links: linked, fact, samples, losses }) => (plain) => {
      const facts = new Map([[SECRET, fact]]);
      const toLinked = new Map(linked.map((id) => [id, facts]));
      const topologies = new Map<string, Map<string, PlainNode>>();
      for (const kind of kinds) {
        const own = new Map<string, PlainNode>();
        own.set(`${SECRET} ${kind}`, {
          ...withLatest(bareNode, 'k', SECRET),
          sets: new Map([
            ['address', [SECRET]],
            ['host', [SECRET]],
          ]),
          edges: toLinked,
        });
        // Visible nodes with an edge to a hidden one, and with a hidden parent beside one that is visible.
        for (const [id, node] of plain.topologies.get(kind) ?? []) {
          const edges = linked.includes(id) ? new Map([[`${SECRET} ${kind}`, facts]]) : new Map();
          const seen = (node.parents.get('container') ?? []).some((one) =>
            plain.topologies.get('container')?.has(one),
          );
          const parents: PlainNode['parents'] =
            seen && kinds.includes('container')
              ? new Map([['container', [`${SECRET} container`]]])
              : new Map();
          own.set(id, { ...withLatest(bareNode, `env_${SECRET}`, SECRET), edges, parents });
        }
        topologies.set(kind, own);
      }
      // What is reachable only through a hidden node: by its parent, and by what it calls its owner.
      if (kinds.includes('container')) {
        const child = { ...bareNode, parents: new Map([['container', [`${SECRET} container`]]]) };
        place(topologies, 'process', `${SECRET} child`, child);
        const grandchild = {
          ...bareNode,
          sets: new Map([[OWNER, [`called ${SECRET} child`]]]),
          edges: toLinked,
        };
        place(topologies, 'endpoint', `${SECRET} grandchild`, grandchild);
      }
      for (const [id, node] of plain.topologies.get('process') ?? []) {
        // Of two values of one time the greater holds, which is the longer.
        const at = node.latest.get('command')?.[1] ?? 0;
        const command = new Map([['command', [`run ${SECRET}`, at] as const]]);
        const known = topologies.get('process')?.get(id) ?? bareNode;
        place(topologies, 'process', id, { ...known, latest: new Map([...known.latest, ...command]) });
      }
      const bears = kinds.includes('container');
      return {
        ...emptyPlainReport,
        window: plain.window,
        topologies,
        dns: kinds.includes('endpoint')
          ? new Map([[SECRET, { forward: [`${SECRET}.example`], reverse: [] }]])
          : new Map(),
        sampling: samples ? new Map([[SECRET, { seen: 1, total: 2 }]]) : new Map(),
        issues: samples ? [SECRET] : [],
        lost: losses && bears ? [{ source: 's', host: SECRET, what: 'events', count: 1 }] : [],
      };
    });
}

function place(
  topologies: Map<string, Map<string, PlainNode>>,
  kind: string,
  id: string,
  node: PlainNode,
): void {
  const known = topologies.get(kind);
  if (known === undefined) topologies.set(kind, new Map([[id, node]]));
  else known.set(id, node);
}

function withLatest(node: PlainNode, key: string, value: string): PlainNode {
  return { ...node, latest: new Map([...node.latest, [key, [value, 3]]]) };
}

function withOwner(node: PlainNode, process: string): PlainNode {
  return { ...node, sets: new Map([...node.sets, [OWNER, [`called ${process}`]]]) };
}

function mapNodes(
  plain: PlainReport,
  change: (kind: string, id: string, node: PlainNode) => PlainNode,
): PlainReport['topologies'] {
  return new Map(
    [...plain.topologies].map(([kind, nodes]) => [
      kind,
      new Map([...nodes].map(([id, node]) => [id, change(kind, id, node)])),
    ]),
  );
}
