import { RidgelineError } from '@ridgeline/core';
import {
  containerId,
  cronJobId,
  daemonSetId,
  ecsServiceId,
  ecsServiceName,
  endpointId,
  endpointPrefix,
  overlayId,
  processId,
  readEndpointId,
  replicaSetId,
  statefulSetId,
} from '@ridgeline/vocabulary';
import { describe, expect, it } from 'vitest';

describe('ids', () => {
  it('are written as Scope writes them', () => {
    expect(endpointId.encode('', '10.0.0.1', '80')).toBe(';10.0.0.1;80');
    expect(endpointId.encode('web-1-403', '127.0.0.1', '80')).toBe('web-1-403;127.0.0.1;80');
    expect(endpointId.encode('', '::1', '53', 'udp')).toBe(';::1;53;udp');
    expect(processId.encode('web-1', '42')).toBe('web-1;42');
    expect(containerId.encode('4f2a')).toBe('4f2a;<container>');
    expect(daemonSetId.encode('d')).toBe('d;<daemonset>');
    expect(statefulSetId.encode('s')).toBe('s;<statefulset>');
    expect(cronJobId.encode('c')).toBe('c;<cronjob>');
    expect(replicaSetId.encode('r')).toBe('r;<replica_set>');
    expect(ecsServiceId.encode('main', 'web')).toBe('main;web');
    expect(overlayId.encode('weave', '0a:01')).toBe('#0a:01');
    expect(overlayId.encode('docker', 'web-1')).toBe('#docker_peer_web-1');
  });

  it('escape what separates parts', () => {
    expect(processId.encode('a;b', '1')).toBe('a%3Bb;1');
    expect(endpointPrefix('a;b', '10.0.0.1')).toBe('a%3Bb;10.0.0.1;');
  });

  it.each([
    ['a port that is too high', () => endpointId.encode('', '10.0.0.1', '65536')],
    ['a port that is no number', () => endpointId.encode('', '10.0.0.1', 'http')],
    ['a weave peer that reads as one of Docker', () => overlayId.encode('weave', 'docker_peer_a')],
    ['a pid that is no number', () => processId.encode('web-1', 'x')],
  ])('refuse %s', (_, encode) => {
    expect(encode).toThrow(RidgelineError);
  });

  it('of endpoints are read leniently where foreign reports hold odd ones', () => {
    expect(readEndpointId('h;10.0.0.1;http')).toEqual({ scope: 'h', address: '10.0.0.1', port: 'http' });
    expect(readEndpointId('h;10.0.0.1')).toBeUndefined();
  });

  it('of ECS services are read in the old form too', () => {
    expect(ecsServiceName('main;web')).toBe('web');
    expect(ecsServiceName('web;<ecs_service>')).toBe('web');
  });
});
