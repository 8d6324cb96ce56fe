import { type Plan, type Row, readNode, type Topology } from '@ridgeline/core';
import {
  containerKeys,
  containersByAddress,
  containersOfProcesses,
  containersWithImageNames,
  findAmbiguous,
  hostsOfContainers,
  hostsOfEndpoints,
  plainContainers,
  pods,
  podsByAddress,
  processes,
  pseudoNodesOf,
  volumesOfPods,
} from '@ridgeline/renderers-builtin';
import { serviceNetwork } from '@ridgeline/vocabulary';
import type { Comparison, ConformanceCase } from '../case.ts';
import type { CompareOptions } from '../compare.ts';
import type { ConformanceFolder, ManifestEntry } from '../folder.ts';
import { type JsonMap, mapOf, step, textsOf } from '../json.ts';
import { topologyForm } from '../node-form.ts';
import type { Session } from '../session.ts';
import { sessionOf } from '../session-cache.ts';

interface Stage {
  readonly plan: Plan;
  readonly coloured?: boolean;
  /** The view that is built on it: what is known to be wrong of that one's nodes is wrong here, too. */
  readonly under?: string;
}

/** Stages of plans by the names of the original's renderers. */
const STAGES: ReadonlyMap<string, Stage> = new Map<string, Stage>([
  ['ProcessRenderer', { plan: processes.plan, under: 'processes' }],
  ['ConnectedProcessRenderer', { plan: processes.plan, coloured: true, under: 'processes' }],
  ['Map(MapProcess2Container, ProcessRenderer)', { plan: containersOfProcesses, under: 'containers' }],
  ['ConnectionJoin(MapContainer2IP, container)', { plan: containersByAddress }],
  ['ConnectionJoin(MapPod2IP, pod)', { plan: podsByAddress }],
  ['ContainerRenderer', { plan: plainContainers, under: 'containers' }],
  ['ContainerWithImageNameRenderer', { plan: containersWithImageNames, under: 'containers' }],
  ['KubernetesVolumesRenderer', { plan: volumesOfPods }],
  ['PodRenderer', { plan: pods.plan, under: 'pods' }],
  ['MapEndpoints(host)', { plan: hostsOfEndpoints }],
  ['nodes2Hosts(ContainerRenderer)', { plan: hostsOfContainers }],
]);

const NODES: CompareOptions = {
  emptyIsAbsent: true,
  ignoreKey: (key, path) => path === '' && key !== 'nodes',
};

/** What the stages of plans yield, and the rules that they are made of. */
export function rendererCases(folder: ConformanceFolder, entry: ManifestEntry): readonly ConformanceCase[] {
  const file = mapOf(folder.read(entry.file));
  const session = (): Session => sessionOf(folder, entry.input ?? '');
  const one = { kind: 'renderers', name: entry.name };
  const stages = Object.entries(mapOf(file.renderers)).map(([name, item]): ConformanceCase => {
    const stage = STAGES.get(name);
    if (stage === undefined) return { ...one, part: name, skipped: 'no such renderer', comparisons: [] };
    const comparison: Comparison = {
      at: `${entry.file}:/renderers/${name}/expect`,
      expected: mapOf(item).expect ?? null,
      actual: () => {
        const { plan, coloured = false } = stage;
        return { nodes: topologyForm(session().interpret(plan), { coloured }) };
      },
      options: {
        ...NODES,
        skip: new Set([
          ...textsOf(mapOf(item).unstable),
          ...looseEnds(mapOf(mapOf(mapOf(item).expect).nodes)),
          ...(stage.under === undefined ? [] : flaggedPaths(folder, entry, stage.under)),
        ]),
      },
    };
    return { ...one, part: name, comparisons: [comparison] };
  });
  const rules = [...RULES]
    .filter(([key]) => file[key] !== undefined)
    .map(([key, { apply, options }]): ConformanceCase => {
      const at = `${entry.file}:/${key}`;
      const expected = file[key] ?? null;
      return {
        ...one,
        part: key,
        comparisons: [
          { at, expected, actual: () => apply(session()), ...(options === undefined ? {} : { options }) },
        ],
      };
    });
  return [...stages, ...rules];
}

/** Edges to what is no node of the result: the original's mapping leaves them on nodes that pass; ours cannot have any. */
function looseEnds(nodes: JsonMap): readonly string[] {
  return Object.entries(nodes).flatMap(([id, node]) =>
    textsOf(mapOf(node).adjacency)
      .filter((end) => nodes[end] === undefined)
      .map((end) => `/nodes${step(id)}/adjacency${step(end)}`),
  );
}

/** What kind "render" flags of a view of the same input. */
function flaggedPaths(folder: ConformanceFolder, entry: ManifestEntry, view: string): readonly string[] {
  const render = folder.entries.find((other) => other.kind === 'render' && other.input === entry.input);
  if (render === undefined) return [];
  const topology = mapOf(mapOf(mapOf(folder.read(render.file)).topologies)[view]);
  return [...textsOf(topology.unstable), ...textsOf(topology.known_wrong)];
}

/** The rules by their keys in a file. */
const RULES: ReadonlyMap<
  string,
  { readonly apply: (session: Session) => unknown; readonly options?: CompareOptions }
> = new Map([
  ['pseudoIdOfEndpointsWithoutHost', { apply: pseudoIds }],
  ['moreThanOneConnection', { apply: ambiguousEndpoints }],
  // No key at all, and a list without keys, are the same to us.
  ['mapContainer2IP', { apply: keysOfContainers, options: { emptyIsAbsent: true } }],
  ['kubeServiceNetwork', { apply: networkOfServices }],
]);

function pseudoIds({ context }: Session): Record<string, string | null> {
  const endpoints = context.topology('endpoint');
  const pseudo = pseudoNodesOf(endpoints, context);
  return Object.fromEntries(
    rowsOf(endpoints)
      .filter((row) => readNode(endpoints, row).raw('host_node_id') === undefined)
      .map((row) => {
        const symbol = pseudo[row] as number;
        return [endpoints.idOf(row), symbol < 0 ? null : endpoints.symbols.text(symbol)];
      }),
  );
}

function ambiguousEndpoints({ context }: Session): Record<string, true> {
  const endpoints = context.topology('endpoint');
  const ambiguous = findAmbiguous(endpoints);
  return Object.fromEntries(
    rowsOf(endpoints)
      .filter((row) => ambiguous[row] === 1)
      .map((row) => [endpoints.idOf(row), true]),
  );
}

function keysOfContainers({ context }: Session): Record<string, readonly string[]> {
  const containers = context.topology('container');
  return Object.fromEntries(
    rowsOf(containers).map((row) => [
      containers.idOf(row),
      [...containerKeys(readNode(containers, row))].sort(),
    ]),
  );
}

function networkOfServices({ context }: Session): string {
  const network = serviceNetwork(context);
  return network === undefined ? '' : `${network.bytes.join('.')}/${network.bits}`;
}

function rowsOf(topology: Topology): readonly Row[] {
  return Array.from({ length: topology.size }, (_, row) => row);
}
