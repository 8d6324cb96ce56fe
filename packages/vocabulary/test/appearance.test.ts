import {
  asNodeId,
  bareNode,
  Definitions,
  emptyReport,
  type NodeReader,
  readNode,
  SymbolTable,
  TopologyBuilder,
  textAttribute,
} from '@ridgeline/core';
import { topologies } from '@ridgeline/vocabulary';
import { describe, expect, it } from 'vitest';

const definitions = new Definitions(topologies);

interface Given {
  readonly topology: string;
  readonly id: string;
  readonly latest?: Readonly<Record<string, string>>;
  readonly counts?: Readonly<Record<string, number>>;
}

function nodeOf({ topology, id, latest = {}, counts = {} }: Given): NodeReader {
  const builder = new TopologyBuilder(topology, new SymbolTable(), 0);
  const row = builder.row(asNodeId(id));
  for (const [key, value] of Object.entries(latest)) builder.set(row, textAttribute(key), value);
  for (const [of, count] of Object.entries(counts)) {
    builder.set(row, textAttribute(`count_${of}`), String(count));
  }
  return readNode(builder.build(), row);
}

/** How a node looks, without what is left to the topology. */
function look(given: Given): Record<string, unknown> {
  const report = emptyReport(new SymbolTable());
  return { ...definitions.appearance(nodeOf(given), report) };
}

describe('appearance', () => {
  it('of processes: name, host and pid', () => {
    const process = { topology: 'process', id: 'web-1;42' };
    expect(look({ ...process, latest: { name: 'nginx' } })).toEqual({
      label: 'nginx',
      labelMinor: 'web-1 (42)',
      rank: 'nginx',
    });
    expect(look({ ...process, latest: { name: 'nginx', docker_container_name: 'c' } })).toMatchObject({
      labelMinor: 'web-1 (c:42)',
    });
    expect(look(process)).toEqual({ label: '42', labelMinor: 'web-1', rank: 'web-1' });
    expect(look({ ...process, latest: { docker_container_name: 'c' } })).toMatchObject({
      labelMinor: 'web-1 (c)',
    });
    expect(look({ topology: 'process', id: 'a%3Bb;1' })).toMatchObject({ labelMinor: 'a;b' });
  });

  it('of containers: the first name that is there', () => {
    const container = { topology: 'container', id: '0123456789abcdef;<container>' };
    expect(look(container)).toEqual({ label: '0123456789ab', labelMinor: '', rank: '0123456789ab' });
    expect(
      look({
        ...container,
        latest: { docker_container_name: 'n', docker_env_MARATHON_APP_ID: '/m', host_node_id: 'h;<host>' },
      }),
    ).toEqual({ label: '/m', labelMinor: 'h', rank: 'h' });
    expect(
      look({
        ...container,
        latest: { docker_container_name: 'n', docker_image_name: 'r/t/web:1', host_node_id: 'h;<host>' },
      }),
    ).toMatchObject({ label: 'n', rank: 't/web' });
  });

  it('of images: a name, else the id, and how many containers', () => {
    const image = { topology: 'container_image', id: 'f00;<container_image>' };
    expect(look({ ...image, latest: { docker_image_name: 'nginx:1' }, counts: { container: 1 } })).toEqual({
      label: 'nginx',
      labelMinor: '1 container',
      rank: 'nginx',
      stack: true,
    });
    expect(look({ ...image, latest: { docker_image_name: '<none>' } })).toMatchObject({
      label: 'f00',
      labelMinor: '0 containers',
    });
  });

  it.each([
    ['pod', '2 containers', undefined],
    ['service', '2 pods', true],
    ['deployment', 'Deployment of 2 pods', true],
    ['daemon_set', 'DaemonSet of 2 pods', true],
    ['stateful_set', 'StatefulSet of 2 pods', true],
    ['cron_job', 'CronJob of 2 pods', true],
    ['job', 'Job of 2 pods', true],
    ['persistent_volume', '', undefined],
  ])('of a %s: name, count, namespace', (topology, labelMinor, stack) => {
    const latest = { kubernetes_name: 'web', kubernetes_namespace: 'prod' };
    const given = { topology, id: `u1;<${topology}>`, latest, counts: { container: 2, pod: 2 } };
    const { stack: stacked, ...rest } = look(given);
    expect(rest).toEqual({ label: 'web', labelMinor, rank: 'prod/web' });
    expect(stacked).toBe(stack);
    expect(look({ topology, id: 'u1;<x>' })).toMatchObject({ label: 'u1', rank: '/u1' });
  });

  it('of hosts: the name up to its domain', () => {
    expect(look({ topology: 'host', id: 'web-1.example.com;<host>' })).toEqual({
      label: 'web-1',
      labelMinor: 'example.com',
      rank: 'example.com',
    });
    expect(look({ topology: 'host', id: 'web-1;<host>' })).toEqual({
      label: 'web-1',
      labelMinor: '',
      rank: '',
    });
  });

  it('of what clouds and Swarm run', () => {
    expect(look({ topology: 'ecs_task', id: 'arn;<ecs_task>' })).toMatchObject({ label: 'arn' });
    expect(look({ topology: 'ecs_service', id: 'main;web' })).toMatchObject({ label: 'web', stack: true });
    const service = { topology: 'swarm_service', id: 's1;<swarm_service>' };
    expect(look({ ...service, latest: { service_name: 'web' } })).toMatchObject({ label: 'web' });
    expect(look(service)).toMatchObject({ label: 's1' });
  });

  it('of peers', () => {
    expect(look({ topology: 'overlay', id: '#0a:01', latest: { weave_peer_nick_name: 'n' } })).toMatchObject({
      label: 'n',
      labelMinor: '0a:01',
    });
    expect(look({ topology: 'overlay', id: '#docker_peer_h' })).toMatchObject({
      label: 'h',
      labelMinor: 'h',
    });
  });

  it.each([
    [
      'in-theinternet',
      { label: 'The Internet', labelMinor: 'Inbound connections', rank: 'in-theinternet', shape: 'cloud' },
    ],
    [
      'service-s3.amazonaws.com',
      { label: 's3.amazonaws.com', labelMinor: '', rank: 'service-s3.amazonaws.com', shape: 'cloud' },
    ],
    [
      'pseudo:uncontained:web-1',
      {
        label: 'Uncontained',
        labelMinor: 'web-1',
        rank: 'uncontained:web-1',
        shape: 'square',
        stack: true,
      },
    ],
    [
      'pseudo:unmanaged:',
      { label: 'Unmanaged', labelMinor: '', rank: 'unmanaged:', shape: 'square', stack: true },
    ],
    ['pseudo:;10.0.0.1;80', { label: '10.0.0.1', labelMinor: '', rank: ';10.0.0.1;80', shape: 'circle' }],
    ['pseudo:other', { label: 'other', labelMinor: '', rank: 'other', shape: 'triangle' }],
  ])('of the pseudo node %s', (id, expected) => {
    const report = emptyReport(new SymbolTable());
    expect(definitions.appearance(bareNode('pseudo', asNodeId(id)), report)).toEqual(expected);
  });

  it('of endpoints: address and port', () => {
    expect(look({ topology: 'endpoint', id: ';10.0.0.1;80' })).toMatchObject({ label: '10.0.0.1:80' });
    expect(look({ topology: 'endpoint', id: 'h;::1;53;udp' })).toMatchObject({
      label: '[::1]:53',
      labelMinor: 'udp h',
    });
  });

  it('of groups: the name they share', () => {
    expect(look({ topology: 'group:process:name', id: 'nginx', counts: { process: 3 } })).toEqual({
      label: 'nginx',
      labelMinor: '3 processes',
      rank: 'nginx',
      stack: true,
    });
  });
});

describe('definitions', () => {
  it('have names of their own', () => {
    const names = topologies.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('unite the controls that probes of one host offer', () => {
    expect(definitions.unites()).toEqual(new Map([['host', ['active_controls']]]));
  });
});
