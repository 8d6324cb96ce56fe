import {
  asNodeId,
  INCOMING_INTERNET,
  OUTGOING_INTERNET,
  SymbolTable,
  setAttribute,
  Topology,
  TopologyBuilder,
  textAttribute,
} from '@ridgeline/core';
import * as fc from 'fast-check';

/** What filters look at, with values that they tell apart. */
const LATEST: Readonly<Record<string, readonly string[]>> = {
  docker_container_state: ['running', 'exited'],
  docker_container_name: ['weave', 'web'],
  docker_image_name: ['weaveworks/scope:1', 'nginx', 'eks/pause'],
  docker_label_app: ['web', ''],
  'docker_label_com.docker.stack.namespace': ['prod', ''],
  kubernetes_namespace: ['prod', 'kube-system'],
  count_container: ['1', '2'],
};

const IDS = [
  'a',
  'web',
  'h;1',
  ';10.0.0.1;80',
  ';fd00::1;80',
  'in-theinternet',
  'out-theinternet',
  'pseudo:unmanaged:h',
];
const KINDS = ['container', 'endpoint', 'pod', 'pseudo', 'persistent_volume', 'volume_snapshot'];

/** A node as it is generated. */
interface Node {
  readonly id: string;
  readonly kind: string;
  readonly latest: Readonly<Record<string, string | undefined>>;
  readonly addresses: readonly string[];
  readonly cpu: number | undefined;
  readonly to: readonly string[];
}

/** Small topologies of nodes of several kinds, of which the built-in filters can tell something. */
export function knownTopologies(): fc.Arbitrary<Topology> {
  const latest = fc.record(
    Object.fromEntries(Object.entries(LATEST).map(([key, values]) => [key, fc.constantFrom(...values)])),
    { requiredKeys: [] },
  );
  const node = fc.record({
    id: fc.constantFrom(...IDS),
    kind: fc.constantFrom(...KINDS),
    latest,
    addresses: fc.subarray(['10.0.0.1', 'fd00::1']),
    cpu: fc.option(fc.nat(2), { nil: undefined }),
    to: fc.subarray(IDS, { maxLength: 2 }),
  });
  const any: fc.Arbitrary<Node[]> = fc.uniqueArray(node, { maxLength: 5, selector: ({ id }) => id });
  // The one edge that a layer always cuts: it is why a filter that reads edges may reject more in a second pass.
  const internet = { kind: 'container', latest: {}, addresses: [], cpu: undefined };
  const throughTraffic = fc.constant<Node[]>([
    { ...internet, id: INCOMING_INTERNET, to: [OUTGOING_INTERNET] },
    { ...internet, id: OUTGOING_INTERNET, to: [] },
  ]);
  return fc.oneof({ weight: 9, arbitrary: any }, { weight: 1, arbitrary: throughTraffic }).map((nodes) => {
    const symbols = new SymbolTable();
    const builder = new TopologyBuilder('container', symbols, 0);
    for (const { id, latest: values, addresses, cpu, to } of nodes) {
      const row = builder.row(asNodeId(id));
      for (const [key, value] of Object.entries(values)) {
        if (value !== undefined) builder.set(row, textAttribute(key), value);
      }
      for (const address of addresses) builder.set(row, setAttribute('docker_container_ips'), address);
      if (cpu !== undefined) {
        builder.metric(row, 'docker_cpu_total_usage', 0, 2);
        builder.sample(0, cpu);
      }
      for (const target of to) builder.edge(row, asNodeId(target));
    }
    const { ids, columns, out } = builder.build();
    const kinds = Int32Array.from(nodes, ({ kind }) => symbols.intern(kind));
    return new Topology({ name: 'container', symbols, ids, columns, out, kinds });
  });
}
