import { asNodeId, Topology } from '@ridgeline/core';
import { builtinFilters, hasDockerLabel, isInNamespace } from '@ridgeline/filters-builtin';
import { describe, expect, it } from 'vitest';
import { keep, topologyOf } from './environment.ts';

const containers = (nodes: Readonly<Record<string, Readonly<Record<string, string>>>>): Topology =>
  topologyOf('container', Object.fromEntries(Object.entries(nodes).map(([id, latest]) => [id, { latest }])));

describe('running and stopped', () => {
  const nodes = containers({
    running: { docker_container_state: 'running' },
    restarting: { docker_container_state: 'restarting' },
    paused: { docker_container_state: 'paused' },
    exited: { docker_container_state: 'exited' },
    created: { docker_container_state: 'created' },
    empty: { docker_container_state: '' },
    unknown: {},
  });

  it('take a container of unknown state for running', () => {
    expect(keep(nodes, 'running')).toEqual(['running', 'restarting', 'paused', 'unknown']);
    expect(keep(nodes, 'stopped')).toEqual(['exited', 'created', 'empty']);
  });
});

describe('system and application', () => {
  const nodes = containers({
    name: { docker_container_name: 'weavescope' },
    image: { docker_image_name: 'weaveworks/scope:1.13' },
    bareImage: { docker_image_name: 'swarm' },
    pause: { docker_image_name: 'registry.example/google_containers/pause-amd64:3.0' },
    sandbox: { 'docker_label_io.kubernetes.docker.type': 'podsandbox' },
    role: { 'docker_label_works.weave.role': 'system' },
    imageRole: {
      'docker_label_works.weave.role': 'plugin',
      'docker_image_label_works.weave.role': 'system',
    },
    namespace: { 'docker_label_io.kubernetes.pod.namespace': 'kube-system' },
    pod: { 'docker_label_io.kubernetes.pod.name': 'kube-system/dns' },
    // A registry in front of the name makes it another image, as in Scope.
    otherRegistry: { docker_image_name: 'registry.example/weaveworks/scope:1.13' },
    similar: { docker_image_name: 'swarm-of-bees' },
    web: { docker_container_name: 'web', docker_image_name: 'nginx:1' },
    unknown: {},
  });
  const applications = ['otherRegistry', 'similar', 'web', 'unknown'];

  it('tell the machinery from what runs on it', () => {
    expect(keep(nodes, 'application')).toEqual(applications);
    expect(keep(nodes, 'not system')).toEqual(applications);
    expect(keep(nodes, 'system')).toHaveLength(nodes.size - applications.length);
  });

  it('take names, images and namespaces of the user', () => {
    expect(keep(nodes, 'application(names = (web))')).not.toContain('web');
    expect(keep(nodes, 'application(images = (nginx, swarm-of-bees))')).toEqual(['otherRegistry', 'unknown']);
  });

  it('take an image of the user by its letters, not as a pattern', () => {
    expect(keep(containers({ a: { docker_image_name: 'nginx' } }), 'system(images = (ngin.))')).toEqual([]);
  });
});

describe('labels', () => {
  const nodes = containers({
    web: { docker_label_app: 'web' },
    db: { docker_label_app: 'db' },
    pod: { kubernetes_labels_app: 'web' },
    none: {},
  });

  it('are present, absent or equal', () => {
    expect(keep(nodes, 'labelled(app)')).toEqual(['web', 'db', 'pod']);
    expect(keep(nodes, 'not labelled(app)')).toEqual(['none']);
    expect(keep(nodes, 'labelled(app, web)')).toEqual(['web', 'pod']);
    expect(keep(nodes, 'not labelled(app, web)')).toEqual(['db', 'none']);
  });

  it('of Docker count as empty where they are missing', () => {
    expect(keep(nodes, hasDockerLabel('app', 'web'))).toEqual(['web']);
    expect(keep(nodes, hasDockerLabel('app', ''))).toEqual(['pod', 'none']);
  });
});

describe('namespaces', () => {
  const nodes = containers({
    own: { kubernetes_namespace: 'prod' },
    pod: { 'docker_label_io.kubernetes.pod.namespace': 'prod' },
    stack: { 'docker_label_com.docker.stack.namespace': 'shop' },
    both: { kubernetes_namespace: 'prod', 'docker_label_com.docker.stack.namespace': 'shop' },
    none: {},
  });

  it('are of Kubernetes first, then of Swarm', () => {
    expect(keep(nodes, 'in-namespace(prod)')).toEqual(['own', 'pod', 'both']);
    expect(keep(nodes, 'in-namespace(shop)')).toEqual(['stack']);
  });

  it('call what has none "No stack"', () => {
    expect(keep(nodes, 'in-namespace("No stack")')).toEqual(['none']);
    expect(keep(nodes, isInNamespace('No stack'))).toEqual(['none']);
  });
});

describe('pseudo nodes', () => {
  const ids = ['in-theinternet', 'out-theinternet', 'service-s3.amazonaws.com', 'pseudo:uncontained:h'];
  const pseudo = topologyOf('pseudo', Object.fromEntries(ids.map((id) => [id, {}])));

  it('that gather are told from those that stand for something', () => {
    expect(keep(pseudo, 'gathered')).toEqual(['pseudo:uncontained:h']);
    expect(keep(pseudo, 'internet')).toEqual(['in-theinternet', 'out-theinternet']);
    expect(keep(topologyOf('container', { a: {} }), 'gathered')).toEqual([]);
  });
});

describe('topologies', () => {
  const kinds = ['pod', 'persistent_volume', 'persistent_volume_claim', 'storage_class', 'volume_snapshot'];
  const empty = topologyOf('pod', Object.fromEntries(kinds.map((kind) => [kind, {}])));
  const nodes = new Topology({
    name: 'pod',
    symbols: empty.symbols,
    ids: empty.ids,
    kinds: empty.ids,
  });

  it('are asked for by name, or as storage and snapshots', () => {
    expect(keep(nodes, 'storage')).toEqual(kinds.slice(1, 4));
    expect(keep(nodes, 'snapshots')).toEqual(['volume_snapshot']);
    expect(keep(nodes, 'of-topology(pod)')).toEqual(['pod']);
    expect(keep(nodes, 'of-topology((pod, storage_class))')).toEqual(['pod', 'storage_class']);
  });
});

describe('names and networks', () => {
  const endpoints = topologyOf('endpoint', { ';10.0.0.1;80': {}, ';10.1.0.1;80': {}, ';fd00::1;80': {} });
  const processes = topologyOf('process', {
    'h;1': { latest: { name: 'nginx' } },
    'h;2': { latest: { name: 'ginkgo' } },
  });

  it('are patterns found anywhere', () => {
    expect(keep(processes, 'named("^ng")')).toEqual(['h;1']);
    expect(keep(processes, 'named(gin)')).toEqual(['h;1', 'h;2']);
    expect(keep(processes, 'named("h;2")')).toEqual(['h;2']);
  });

  it('are networks of both families, one or several', () => {
    expect(keep(endpoints, 'in-network(10.0.0.0/16)')).toEqual([';10.0.0.1;80']);
    expect(keep(endpoints, 'in-network((10.1.0.0/16, fd00::/8))')).toEqual([';10.1.0.1;80', ';fd00::1;80']);
  });

  it('refuse what is no pattern and no network, saying what is wrong', () => {
    expect(() => keep(processes, 'named("(")')).toThrow(/filter named: pattern: /);
    expect(() => keep(endpoints, 'in-network(web)')).toThrow(/filter in-network: networks/);
  });
});

describe('comparisons', () => {
  const processes = topologyOf('process', {
    busy: { metrics: { process_cpu_usage_percent: 75, process_memory_usage_bytes: 2 ** 30 } },
    idle: { metrics: { process_cpu_usage_percent: 1 } },
    unknown: {},
  });

  it('are of the newest sample', () => {
    expect(keep(processes, 'metric-at-least(cpu, 50%)')).toEqual(['busy']);
    expect(keep(processes, 'metric-at-least(memory, 1GB)')).toEqual(['busy']);
    expect(keep(processes, 'not metric-at-least(cpu, 50%)')).toEqual(['idle', 'unknown']);
  });

  it('are of reported counts', () => {
    const images = containers({ many: { count_container: '3' }, one: { count_container: '1' }, none: {} });
    expect(keep(images, 'members-at-least(container, 2)')).toEqual(['many']);
    expect(keep(images, 'members-at-least(container, 0)')).toEqual(['many', 'one', 'none']);
  });

  it('refuse what is no number', () => {
    expect(() => keep(processes, 'metric-at-least(cpu, much)')).toThrow(/value/);
    expect(() => keep(processes, 'metric-at-least(cpu)')).toThrow(/value/);
  });
});

describe('connected', () => {
  it('asks for an edge to another node', () => {
    const nodes = topologyOf('process', { a: { to: ['b'] }, b: {}, c: { to: ['c'] }, d: {} });
    expect(keep(nodes, 'connected')).toEqual(['a', 'b']);
  });
});

describe('all filters', () => {
  it('have names of their own, and a description', () => {
    const names = builtinFilters.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { description } of builtinFilters) expect(description).not.toBe('');
  });

  it('say nothing of what they know nothing of', () => {
    const unknown = topologyOf('made-up', { [asNodeId('a')]: {} });
    expect(keep(unknown, 'running and application and not gathered')).toEqual(['a']);
  });
});
