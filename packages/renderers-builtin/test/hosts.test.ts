import { ecsServices, ecsTasks, endpoints, hosts, swarmServices, weave } from '@ridgeline/renderers-builtin';
import { describe, expect, it } from 'vitest';
import { edgesOf, edgesOfTopology, membersOf, nodeOf, render, reportOf } from './given-report.ts';

const HOST = { host_node_id: 'h;<host>' };
const onHost = { host: ['h;<host>'] };

describe('hosts', () => {
  const rendered = render(
    hosts.plan,
    reportOf({
      host: { 'h;<host>': { sets: { local_networks: ['10.0.0.0/8'] } }, 'idle;<host>': {} },
      process: { 'h;1': { parents: onHost, latest: { docker_container_id: 'c' } } },
      container: { 'c;<container>': { parents: onHost, latest: { docker_image_id: 'i' } } },
      container_image: {
        'i;<container_image>': { parents: onHost, latest: { docker_image_name: 'web' } },
      },
      endpoint: {
        ';10.0.0.1;1': { latest: { ...HOST, pid: '1' }, to: [';10.0.0.2;80', ';8.8.8.8;53'] },
        ';10.0.0.2;80': { latest: { host_node_id: 'i;<host>' } },
        ';8.8.8.8;53': {},
      },
    }),
  );

  it('are connected as their endpoints are', () => {
    expect(edgesOfTopology(rendered)).toEqual({
      'h;<host>': ['i;<host>', 'out-theinternet'],
      'i;<host>': [],
      'idle;<host>': [],
      'out-theinternet': [],
    });
  });

  it('hold what is on them, one level deep', () => {
    expect(membersOf(rendered, 'h;<host>')).toEqual([
      'container c;<container>',
      'container_image web;<container_image>',
      'endpoint ;10.0.0.1;1',
      'process h;1',
    ]);
    expect(nodeOf(rendered, 'h;<host>').count('container')).toBe(1);
    expect(nodeOf(rendered, 'h;<host>').count('endpoint')).toBe(0);
  });
});

describe('endpoints', () => {
  it('are the raw picture, to nodes that are reported', () => {
    const endpoint = { ';10.0.0.1;1': { to: [';10.0.0.2;80', ';10.0.0.3;80'] }, ';10.0.0.2;80': {} };
    expect(edgesOf(endpoints.plan, { endpoint })).toEqual({
      ';10.0.0.1;1': [';10.0.0.2;80'],
      ';10.0.0.2;80': [],
    });
  });
});

describe('weave', () => {
  it('shows watched peers by themselves, others by their nicknames, and those of Docker not', () => {
    const overlay = {
      '#a': { latest: { host_node_id: 'h' }, to: ['#b', '#docker_peer_h'] },
      '#b': { latest: { weave_peer_nick_name: 'bee' } },
      '#docker_peer_h': { latest: { host_node_id: 'h' } },
      other: { latest: { host_node_id: 'h' } },
    };
    const rendered = render(weave.plan, reportOf({ overlay }));
    expect(edgesOfTopology(rendered)).toEqual({
      '#a': ['pseudo:unmanaged:bee'],
      'pseudo:unmanaged:bee': [],
    });
    expect(membersOf(rendered, 'pseudo:unmanaged:bee')).toEqual(['overlay #b']);
  });
});

describe('services of Swarm and ECS', () => {
  const addressed = (address: string) => ({ docker_container_ips_with_scopes: [`;${address}`] });
  const endpoint = {
    ';10.0.0.1;1': { latest: HOST, to: [';10.0.0.2;80'] },
    ';10.0.0.2;80': { latest: HOST },
  };

  it('of Swarm take over the connections of their running containers', () => {
    expect(
      edgesOf(swarmServices.plan, {
        endpoint,
        swarm_service: { 'web;<swarm_service>': {}, 'idle;<swarm_service>': {} },
        container: {
          'c;<container>': {
            sets: addressed('10.0.0.2'),
            parents: { swarm_service: ['web;<swarm_service>'] },
          },
          'd;<container>': { sets: addressed('10.0.0.1'), latest: HOST },
        },
      }),
    ).toEqual({
      'idle;<swarm_service>': [],
      'pseudo:unmanaged:h': ['web;<swarm_service>'],
      'web;<swarm_service>': [],
    });
  });

  const ecs = {
    endpoint,
    ecs_task: {
      't;<ecs_task>': { parents: { ecs_service: ['main;web'] } },
      'u;<ecs_task>': { parents: { ecs_service: ['main;db'] } },
    },
    ecs_service: { 'main;web': {}, 'main;idle': {} },
    container: {
      'c;<container>': { sets: addressed('10.0.0.1'), parents: { ecs_task: ['t;<ecs_task>'] } },
      'd;<container>': { sets: addressed('10.0.0.2'), parents: { ecs_task: ['u;<ecs_task>'] } },
    },
  };

  it('of ECS are tasks', () => {
    expect(edgesOf(ecsTasks.plan, ecs)).toEqual({ 't;<ecs_task>': ['u;<ecs_task>'], 'u;<ecs_task>': [] });
  });

  it('of ECS are services of tasks', () => {
    expect(edgesOf(ecsServices.plan, ecs)).toEqual({
      'main;db': [],
      'main;idle': [],
      'main;web': ['main;db'],
    });
  });
});
