import { type Network, parseNetwork } from '@ridgeline/core';
import {
  containingNetwork,
  imageNameWithoutTag,
  imageTagOf,
  isKnownService,
  isLoopback,
  isPauseImage,
  parseAddress,
} from '@ridgeline/vocabulary';
import { describe, expect, it } from 'vitest';

describe('image names', () => {
  it.each([
    ['nginx', 'nginx', ''],
    ['nginx:1.25', 'nginx', '1.25'],
    ['team/web', 'team/web', ''],
    ['registry.example/team/web:2', 'team/web', '2'],
    ['a/b/c/d', 'b/c/d', ''],
    ['localhost:5000/web', 'localhost', '5000/web'],
    ['q/p@sha256:x', 'q/p@sha256', 'x'],
    ['', '', ''],
  ])('%s is %s with tag "%s"', (name, short, tag) => {
    expect([imageNameWithoutTag(name), imageTagOf(name)]).toEqual([short, tag]);
  });

  it('tell pause images by three names and no others', () => {
    expect(isPauseImage('gcr.io/google_containers/pause-amd64:3.0')).toBe(true);
    expect(isPauseImage('602401143452.dkr.example/eks/pause:3.1')).toBe(true);
    expect(isPauseImage('registry.k8s.io/pause:3.9')).toBe(false);
    expect(isPauseImage('pause')).toBe(false);
  });
});

describe('known services', () => {
  it.each([
    ['s3.amazonaws.com', true],
    ['myec2.amazonaws.com', true],
    ['ec2-1-2-3-4.eu-west-1.compute.amazonaws.com', false],
    ['amazonaws.com', false],
    ['S3.AMAZONAWS.COM', false],
    ['s3.amazonaws.com.', false],
    ['s3.amazonaws.com.example', false],
    ['a.core.windows.net', true],
    ['aXcore.windows.net', false],
  ])('%s: %s', (name, known) => {
    expect(isKnownService(name)).toBe(known);
  });
});

describe('addresses', () => {
  it('are read as decimal, leading zeros and all', () => {
    expect(parseAddress('01.2.003.4')?.bytes).toEqual([1, 2, 3, 4]);
    expect(parseAddress('::ffff:10.1.2.3')?.bytes).toEqual([10, 1, 2, 3]);
    expect(parseAddress('1.2.3')).toBeUndefined();
    expect(parseAddress('256.0.0.1')).toBeUndefined();
    expect(parseAddress('10.0.0.0/8')).toBeUndefined();
    expect(parseAddress('localhost')).toBeUndefined();
  });

  it('know loopback', () => {
    expect(['127.0.0.1', '127.255.1.1', '::1'].map(isLoopback)).toEqual([true, true, true]);
    expect(['', '10.0.0.1', 'localhost'].map(isLoopback)).toEqual([false, false, false]);
  });

  it.each([
    [['10.96.0.1'], '10.96.0.1/32'],
    [['10.96.0.1', '10.96.0.2'], '10.96.0.0/30'],
    [['10.96.0.1', '10.96.3.200'], '10.96.0.0/22'],
    [['1.1.1.1', '201.1.1.1'], '0.0.0.0/0'],
  ])('%j are contained in %s', (addresses, network) => {
    const parsed = addresses.map((address) => parseAddress(address) as Network);
    expect(containingNetwork(parsed)).toEqual(parseNetwork(network));
  });

  it('of none are contained in nothing', () => {
    expect(containingNetwork([])).toBeUndefined();
  });
});
