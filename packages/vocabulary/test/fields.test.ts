import {
  asNodeId,
  compileFilter,
  coreFields,
  FieldCatalogue,
  parseFilter,
  SymbolTable,
  setAttribute,
  Topology,
  TopologyBuilder,
  textAttribute,
} from '@ridgeline/core';
import { vocabularyFields } from '@ridgeline/vocabulary';
import { describe, expect, it } from 'vitest';

const fields = new FieldCatalogue([...coreFields, ...vocabularyFields]);

/** The ids for which a filter holds. */
function keep(topology: Topology, text: string): readonly string[] {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
  const holds = compileFilter(parsed.expr, { fields, filters: new Map() })(topology, { now: 0 });
  return [...holds.keys()].filter((row) => holds[row] === 1).map((row) => topology.idOf(row));
}

interface Given {
  readonly latest?: Readonly<Record<string, string>>;
  readonly sets?: Readonly<Record<string, readonly string[]>>;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly host?: string;
}

function topologyOf(name: string, nodes: Readonly<Record<string, Given>>): Topology {
  const builder = new TopologyBuilder(name, new SymbolTable(), 0);
  for (const [id, { latest = {}, sets = {}, metrics = {}, host }] of Object.entries(nodes)) {
    const row = builder.row(asNodeId(id));
    for (const [key, value] of Object.entries(latest)) builder.set(row, textAttribute(key), value);
    for (const [key, values] of Object.entries(sets)) {
      for (const value of values) builder.set(row, setAttribute(key), value);
    }
    for (const [key, value] of Object.entries(metrics)) {
      builder.metric(row, key, 0, 100);
      builder.sample(0, value);
    }
    if (host !== undefined) builder.parent(row, 'host', asNodeId(host));
  }
  return builder.build();
}

describe('fields', () => {
  it('calls a group by its value', () => {
    const symbols = new SymbolTable();
    const groups = new Topology({
      name: 'group:process:name',
      symbols,
      ids: Int32Array.from(['nginx', 'bash'], (id) => symbols.intern(id)),
      kinds: Int32Array.of(symbols.intern('group:process:name'), symbols.intern('pseudo')),
    });

    expect(keep(groups, 'name ~ "^n"')).toEqual(['nginx']);
    expect(keep(groups, 'name = bash')).toEqual([]);
  });

  it('have names of their own', () => {
    const names = [...coreFields, ...vocabularyFields].map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('read addresses and ports from the ids of endpoints', () => {
    const endpoints = topologyOf('endpoint', {
      ';10.0.0.1;80': {},
      ';10.1.0.1;443': {},
      ';fd00::1;53;udp': {},
      broken: {},
    });
    expect(keep(endpoints, 'address in (10.0.0.0/16)')).toEqual([';10.0.0.1;80']);
    expect(keep(endpoints, 'address = fd00::/8')).toEqual([';fd00::1;53;udp']);
    expect(keep(endpoints, 'port < 100')).toEqual([';10.0.0.1;80', ';fd00::1;53;udp']);
    expect(keep(endpoints, 'protocol = udp')).toEqual([';fd00::1;53;udp']);
    expect(keep(endpoints, 'not has(address)')).toEqual(['broken']);
  });

  it('read addresses of containers and pods from what they say', () => {
    const containers = topologyOf('container', {
      'a;<container>': { sets: { docker_container_ips: ['127.0.0.1', '172.17.0.2'] } },
      'b;<container>': { latest: { kubernetes_ip: '10.2.0.1' } },
    });
    expect(keep(containers, 'address in (172.17.0.0/16)')).toEqual(['a;<container>']);
    expect(keep(containers, 'address in (10.0.0.0/8)')).toEqual(['b;<container>']);
  });

  it('take labels of Docker before those of Kubernetes', () => {
    const pods = topologyOf('pod', {
      a: { latest: { kubernetes_labels_app: 'web' } },
      b: { latest: { docker_label_app: 'web', kubernetes_labels_app: 'db' } },
    });
    expect(keep(pods, 'label.app = web')).toEqual(['a', 'b']);
    expect(keep(pods, 'k8s.label.app = db')).toEqual(['b']);
    expect(keep(pods, 'docker.label.app = web')).toEqual(['b']);
  });

  it('say the host of whatever knows one', () => {
    const nodes = topologyOf('container', {
      a: { latest: { host_node_id: 'web-1;<host>' } },
      b: { latest: { host_name: 'web-1' } },
      c: { host: 'web-1;<host>' },
      d: {},
    });
    expect(keep(nodes, 'host.name = web-1')).toEqual(['a', 'b', 'c']);
  });

  it('read the newest sample of metrics, by short names and by their keys', () => {
    const nodes = topologyOf('process', {
      a: { metrics: { process_cpu_usage_percent: 60 } },
      b: { metrics: { docker_cpu_total_usage: 40 } },
      c: { metrics: { other: 60 } },
    });
    expect(keep(nodes, 'metric.cpu > 50%')).toEqual(['a']);
    expect(keep(nodes, 'has(metric.cpu)')).toEqual(['a', 'b']);
    expect(keep(nodes, 'metric.other > 50')).toEqual(['c']);
  });

  it('find the namespace of containers of a pod or stack', () => {
    const nodes = topologyOf('container', {
      a: { latest: { 'docker_label_io.kubernetes.pod.namespace': 'prod' } },
      b: { latest: { 'docker_label_com.docker.stack.namespace': 'prod' } },
      c: { latest: { kubernetes_namespace: 'prod' } },
    });
    expect(keep(nodes, 'k8s.namespace = prod')).toEqual(['a', 'c']);
    expect(keep(nodes, 'swarm.stack = prod')).toEqual(['b']);
    expect(keep(nodes, 'namespace = prod')).toEqual(['a', 'b', 'c']);
  });
});
