import { containers, containersByHostname, containersByImage } from '@ridgeline/renderers-builtin';
import { describe, expect, it } from 'vitest';
import { edgesOfTopology, type GivenReport, membersOf, nodeOf, render, reportOf } from './given-report.ts';

const HOST = { host_node_id: 'h;<host>' };
const base: GivenReport = {
  host: { 'h;<host>': { sets: { local_networks: ['10.0.0.0/8', '172.17.0.0/16'] } } },
};

describe('containers', () => {
  it('gather their processes; what has none is uncontained', () => {
    const rendered = render(
      containers.plan,
      reportOf({
        ...base,
        container: { 'c;<container>': {} },
        process: { 'h;1': { latest: { docker_container_id: 'c' } }, 'h;2': {} },
        endpoint: {
          ';10.0.0.1;1': { latest: { ...HOST, pid: '1' }, to: [';10.0.0.1;80'] },
          ';10.0.0.1;80': { latest: { ...HOST, pid: '2' } },
        },
      }),
    );
    expect(edgesOfTopology(rendered)).toEqual({
      'c;<container>': ['pseudo:uncontained:h'],
      'pseudo:uncontained:h': [],
    });
    expect(membersOf(rendered, 'c;<container>')).toEqual(['endpoint ;10.0.0.1;1', 'process h;1']);
    expect(nodeOf(rendered, 'pseudo:uncontained:h').pseudo).toBe(true);
    expect(nodeOf(rendered, 'c;<container>').count('process')).toBe(0);
  });

  it('are joined by their own addresses and by mapped ports', () => {
    const rendered = render(
      containers.plan,
      reportOf({
        ...base,
        container: {
          'c;<container>': { sets: { docker_container_ips_with_scopes: ['h;172.17.0.2', 'h;127.0.0.1'] } },
          'd;<container>': {
            sets: { docker_container_ports: ['10.0.0.1:8080->80/tcp', '10.0.0.1:53->53/udp', '90/tcp'] },
          },
        },
        endpoint: {
          'h;172.17.0.2;4000': { latest: HOST, to: [';10.0.0.1;8080'] },
          ';10.0.0.1;8080': { latest: HOST },
          ';10.0.0.1;53': { latest: HOST },
          'h;127.0.0.1;80': { latest: HOST },
        },
      }),
    );
    expect(edgesOfTopology(rendered)).toEqual({ 'c;<container>': ['d;<container>'], 'd;<container>': [] });
    expect(membersOf(rendered, 'c;<container>')).toEqual(['endpoint h;172.17.0.2;4000']);
    expect(membersOf(rendered, 'd;<container>')).toEqual(['endpoint ;10.0.0.1;8080']);
  });

  it('share no address: what two have attributes nothing, not even by port', () => {
    const addresses = { docker_container_ips_with_scopes: [';10.0.0.5'] };
    const rendered = render(
      containers.plan,
      reportOf({
        ...base,
        container: {
          'c;<container>': { sets: { ...addresses, docker_container_ports: ['10.0.0.5:80->80/tcp'] } },
          'd;<container>': { sets: addresses },
          'e;<container>': { sets: addresses, latest: { docker_is_in_host_network: 'false' } },
        },
        endpoint: { ';10.0.0.5;80': { latest: HOST } },
      }),
    );
    for (const id of ['c', 'd', 'e']) expect(membersOf(rendered, `${id};<container>`)).toEqual([]);
  });

  it('take no part that lend their address: presence of the mark counts, its value does not', () => {
    const sets = { docker_container_ips_with_scopes: [';10.0.0.5'] };
    const rendered = render(
      containers.plan,
      reportOf({
        ...base,
        container: {
          'pause;<container>': { sets, latest: { does_not_make_connections: '' } },
          'web;<container>': { sets },
        },
        endpoint: { ';10.0.0.5;80': { latest: HOST } },
      }),
    );
    expect(membersOf(rendered, 'web;<container>')).toEqual(['endpoint ;10.0.0.5;80']);
  });

  it('are not shown once deleted, and keep the Internet when no process is reported', () => {
    const rendered = render(
      containers.plan,
      reportOf({
        ...base,
        container: {
          'c;<container>': { latest: { docker_container_state: 'deleted' } },
          'd;<container>': { latest: { docker_container_state: 'exited' } },
        },
        endpoint: { ';8.8.8.8;53': {} },
      }),
    );
    expect(Object.keys(edgesOfTopology(rendered))).toEqual(['d;<container>', 'out-theinternet']);
  });

  it('know the names of their images', () => {
    const rendered = render(
      containers.plan,
      reportOf({
        container: {
          'c;<container>': {
            latest: { docker_image_id: 'i' },
            parents: { container_image: ['i;<container_image>'] },
          },
          'd;<container>': { latest: { docker_image_id: 'unknown' } },
        },
        container_image: {
          'i;<container_image>': {
            latest: {
              docker_image_name: 'r/t/web:1',
              docker_image_tag: '1',
              other: 'stays',
              'docker_image_label_works.weave.role': 'system',
            },
          },
        },
      }),
    );
    const container = nodeOf(rendered, 'c;<container>');
    expect(container.raw('docker_image_name')).toBe('r/t/web:1');
    expect(container.raw('docker_image_label_works.weave.role')).toBe('system');
    expect(container.raw('other')).toBeUndefined();
    expect(container.parents('container_image')).toEqual(['t/web;<container_image>']);
    expect(nodeOf(rendered, 'd;<container>').raw('docker_image_name')).toBeUndefined();
  });
});

describe('grouped containers', () => {
  const report = reportOf({
    container: {
      'a;<container>': { latest: { docker_image_id: 'i1', docker_container_hostname: 'web' } },
      'b;<container>': { latest: { docker_image_id: 'i2', docker_container_hostname: 'web' } },
      'c;<container>': { latest: { docker_image_id: 'i3', docker_container_hostname: 'db' } },
      'd;<container>': {},
    },
    container_image: {
      'i1;<container_image>': {
        latest: { docker_image_name: 'web:1' },
        parents: { host: ['h;<host>'] },
      },
      'i2;<container_image>': {
        latest: { docker_image_name: 'web:2' },
        parents: { host: ['i;<host>'] },
      },
      'i3;<container_image>': {},
      'i4;<container_image>': { latest: { docker_image_name: 'unused' } },
    },
    endpoint: { ';8.8.8.8;53': {} },
  });

  it('are one node for each host name', () => {
    const rendered = render(containersByHostname.plan, report);
    expect(Object.keys(edgesOfTopology(rendered))).toEqual(['db', 'out-theinternet', 'web']);
    expect(nodeOf(rendered, 'web').count('container')).toBe(2);
  });

  it('are one node for each image name: tags are one, nameless and unused images none', () => {
    const rendered = render(containersByImage.plan, report);
    expect(Object.keys(edgesOfTopology(rendered))).toEqual(['out-theinternet', 'web;<container_image>']);
    const web = nodeOf(rendered, 'web;<container_image>');
    expect(web.count('container')).toBe(2);
    expect(web.parents('host')).toEqual(['h;<host>', 'i;<host>']);
    expect(membersOf(rendered, 'web;<container_image>')).toEqual([
      'container a;<container>',
      'container b;<container>',
    ]);
  });
});
