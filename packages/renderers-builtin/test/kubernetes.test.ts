import { kubeControllers, pods, services, volumesOfPods } from '@ridgeline/renderers-builtin';
import { describe, expect, it } from 'vitest';
import {
  edgesOf,
  edgesOfTopology,
  type GivenNode,
  membersOf,
  nodeOf,
  render,
  reportOf,
} from './given-report.ts';

const inPod = (pod: string, more: GivenNode = {}): GivenNode => ({
  ...more,
  latest: { host_node_id: 'h;<host>', ...more.latest },
  parents: { host: ['h;<host>'], pod: [`${pod};<pod>`] },
});

describe('pods', () => {
  const report = reportOf({
    pod: {
      'p;<pod>': { latest: { kubernetes_ip: '10.2.0.1' } },
      'gone;<pod>': { latest: { kubernetes_state: 'deleted' } },
      'failed;<pod>': { latest: { kubernetes_state: 'Failed' } },
      'kept;<pod>': { latest: { kubernetes_state: 'failed' } },
    },
    container: {
      'a;<container>': inPod('p', { metrics: { docker_memory_usage: 5 } }),
      'pause;<container>': inPod('p', { latest: { docker_image_name: 'eks/pause:3' } }),
      'exited;<container>': inPod('p', { latest: { docker_container_state: 'exited' } }),
      'lone;<container>': { latest: { host_node_id: 'h;<host>' } },
    },
    process: { 'h;1': {}, 'h;2': { latest: { docker_container_id: 'a' } } },
    endpoint: {
      ';10.2.0.1;80': { latest: { host_node_id: 'h;<host>' } },
      ';10.0.0.9;99': { latest: { host_node_id: 'h;<host>', pid: '1' }, to: [';10.2.0.1;80'] },
    },
  });
  const rendered = render(pods.plan, report);

  it('hold their running containers, but for the one that only holds them together', () => {
    expect(membersOf(rendered, 'p;<pod>')).toEqual([
      'container a;<container>',
      'endpoint ;10.2.0.1;80',
      'process h;2',
    ]);
    expect(nodeOf(rendered, 'p;<pod>').count('container')).toBe(1);
  });

  it('are not shown once deleted or failed', () => {
    expect(Object.keys(edgesOfTopology(rendered))).toEqual(['kept;<pod>', 'p;<pod>', 'pseudo:unmanaged:h']);
  });

  it('gather what no pod holds, containers and uncontained processes, by host', () => {
    expect(membersOf(rendered, 'pseudo:unmanaged:h')).toEqual([
      'container lone;<container>',
      'endpoint ;10.0.0.9;99',
      'process h;1',
      'pseudo pseudo:uncontained:h',
    ]);
  });

  it('take their host and metrics over from their only container', () => {
    expect(nodeOf(rendered, 'p;<pod>').parents('host')).toEqual(['h;<host>']);
    expect(nodeOf(rendered, 'p;<pod>').metric('docker_memory_usage')?.samples).toEqual([{ at: 0, value: 5 }]);
  });

  it('are not rendered where no cluster is reported', () => {
    expect(edgesOf(pods.plan, { container: { 'c;<container>': {} } })).toEqual({});
  });
});

describe('services and controllers', () => {
  const given = {
    pod: {
      'p;<pod>': { parents: { service: ['s;<service>', 't;<service>'], deployment: ['d;<deployment>'] } },
      'q;<pod>': { latest: { host_node_id: 'h;<host>' } },
    },
    service: { 's;<service>': {}, 'empty;<service>': {} },
    container: {
      'a;<container>': inPod('p', {
        sets: { docker_container_ips_with_scopes: [';10.0.0.1'] },
      }),
      'b;<container>': inPod('q', { sets: { docker_container_ips_with_scopes: [';10.0.0.2'] } }),
    },
    endpoint: {
      ';10.0.0.2;1': { latest: { host_node_id: 'h;<host>' }, to: [';10.0.0.1;80'] },
      ';10.0.0.1;80': { latest: { host_node_id: 'h;<host>' } },
    },
  };

  it('count their pods; a pod without a service is not shown', () => {
    const rendered = render(services.plan, reportOf(given));
    expect(Object.keys(edgesOfTopology(rendered))).toEqual(['empty;<service>', 's;<service>', 't;<service>']);
    expect(nodeOf(rendered, 's;<service>').count('pod')).toBe(1);
  });

  it('call a pod without a controller unmanaged', () => {
    expect(edgesOf(kubeControllers.plan, given)).toEqual({
      'd;<deployment>': [],
      'pseudo:unmanaged:h': ['d;<deployment>'],
    });
  });
});

describe('volumes', () => {
  it('are linked from pod to claim to volume to snapshot to its data, and from class to claim', () => {
    const namespaced = { kubernetes_namespace: 'prod' };
    expect(
      edgesOf(volumesOfPods, {
        pod: {
          'p;<pod>': { latest: { ...namespaced, kubernetes_volume_claim: 'one;other' } },
          'plain;<pod>': { latest: namespaced },
        },
        persistent_volume_claim: {
          'a;<pvc>': {
            latest: {
              ...namespaced,
              kubernetes_name: 'one',
              kubernetes_volume_name: 'v',
              kubernetes_storage_class_name: 'fast',
            },
          },
          'b;<pvc>': { latest: { ...namespaced, kubernetes_name: 'one', kubernetes_volume_name: 'w' } },
          'c;<pvc>': {
            latest: {
              kubernetes_namespace: 'test',
              kubernetes_name: 'one',
              kubernetes_volume_name: 'x',
              kubernetes_storage_class_name: 'slow',
            },
          },
        },
        persistent_volume: { 'v;<pv>': { latest: { kubernetes_name: 'v' } } },
        storage_class: { 's;<sc>': { latest: { kubernetes_name: 'fast' } } },
        volume_snapshot: {
          'n;<vs>': { latest: { kubernetes_volume_name: 'v', kuberneets_snapshot_data: 'd' } },
        },
        volume_snapshot_data: { 'd;<vsd>': { latest: { kubernetes_name: 'd' } } },
      }),
    ).toEqual({
      'a;<pvc>': ['v;<pv>'],
      'b;<pvc>': [],
      'c;<pvc>': [],
      'd;<vsd>': [],
      'n;<vs>': ['d;<vsd>'],
      'p;<pod>': ['a;<pvc>'],
      's;<sc>': ['a;<pvc>'],
      'v;<pv>': ['n;<vs>'],
    });
  });
});
