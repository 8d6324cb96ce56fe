import { processes, processesByName } from '@ridgeline/renderers-builtin';
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

const on = (host: string, pid?: string): GivenNode => ({
  latest: { host_node_id: `${host};<host>`, ...(pid === undefined ? {} : { pid }) },
});

const twoProcesses = {
  process: { 'h;1': { latest: { name: 'curl' } }, 'h;2': { latest: { name: 'nginx' } } },
  host: { 'h;<host>': { sets: { local_networks: ['10.0.0.0/8'] } } },
};

describe('processes', () => {
  it('take over the connections of their endpoints', () => {
    const report = reportOf({
      ...twoProcesses,
      endpoint: {
        ';10.0.0.1;4000': { ...on('h', '1'), to: [';10.0.0.2;80'] },
        ';10.0.0.2;80': on('h', '2'),
      },
    });
    const rendered = render(processes.plan, report);
    expect(edgesOfTopology(rendered)).toEqual({ 'h;1': ['h;2'], 'h;2': [] });
    expect(membersOf(rendered, 'h;2')).toEqual(['endpoint ;10.0.0.2;80']);
    expect(nodeOf(rendered, 'h;2').raw('name')).toBe('nginx');
  });

  it('are made for endpoints whose process no source reports', () => {
    const endpoint = { ';10.0.0.1;80': on('h', '7') };
    expect(edgesOf(processes.plan, { ...twoProcesses, endpoint })).toHaveProperty('h;7');
  });

  it('are not rendered at all without a reported one', () => {
    expect(edgesOf(processes.plan, { endpoint: { ';8.8.8.8;53': {} } })).toEqual({});
  });

  it('get no endpoint without pid, without host, or with a host that is none', () => {
    const endpoint = {
      ';10.0.0.1;1': on('h'),
      ';10.0.0.1;2': { latest: { pid: '1' } },
      ';10.0.0.1;3': { latest: { pid: '1', host_node_id: 'h' } },
    };
    const rendered = render(processes.plan, reportOf({ ...twoProcesses, endpoint }));
    expect(membersOf(rendered, 'h;1')).toEqual([]);
    expect(rendered.size).toBe(2);
  });

  it('get no endpoint with connections to several others: its pid cannot be trusted', () => {
    const endpoint = {
      ';10.0.0.1;1': { ...on('h', '1'), to: [';10.0.0.2;80', ';10.0.0.3;80'] },
      // A translated copy is no other endpoint.
      ';10.0.0.1;2': { ...on('h', '1'), to: [';10.0.0.2;80', ';10.9.0.1;80'] },
      ';10.9.0.1;80': { latest: { copy_of: ';10.0.0.2;80' } },
      ';10.0.0.2;80': on('h', '2'),
    };
    const rendered = render(processes.plan, reportOf({ ...twoProcesses, endpoint }));
    expect(membersOf(rendered, 'h;1')).toEqual(['endpoint ;10.0.0.1;2']);
  });

  it('talk to the Internet and to known services, in and out', () => {
    const report = reportOf(
      {
        ...twoProcesses,
        endpoint: {
          ';10.0.0.1;1': { ...on('h', '1'), to: [';8.8.8.8;53'] },
          ';10.0.0.1;2': { ...on('h', '1'), to: [';52.0.0.1;443'] },
          ';9.9.9.9;999': { to: [';10.0.0.2;80'] },
          ';10.0.0.2;80': on('h', '2'),
          ';8.8.8.8;53': {},
          ';52.0.0.1;443': {},
          // Neither reported by a host nor outside: nobody knows what it is.
          ';10.7.7.7;1': {},
        },
      },
      { '52.0.0.1': { forward: ['s3.amazonaws.com'], reverse: ['ec2-52-0-0-1.amazonaws.com'] } },
    );
    const rendered = render(processes.plan, report);
    expect(edgesOfTopology(rendered)).toEqual({
      'h;1': ['out-theinternet', 'service-s3.amazonaws.com'],
      'h;2': [],
      'in-theinternet': ['h;2'],
      'out-theinternet': [],
      'service-s3.amazonaws.com': [],
    });
    expect(nodeOf(rendered, 'in-theinternet').pseudo).toBe(true);
  });

  it('take an address for local that is in the network of the service addresses', () => {
    const service = {
      'a;<service>': { latest: { kubernetes_ip: '172.20.0.1' } },
      'b;<service>': { latest: { kubernetes_ip: '172.20.0.6' } },
    };
    const endpoint = { ';172.20.0.5;80': {}, ';172.20.0.9;80': {} };
    const rendered = render(processes.plan, reportOf({ ...twoProcesses, service, endpoint }));
    expect(membersOf(rendered, 'out-theinternet')).toEqual(['endpoint ;172.20.0.9;80']);
  });
});

describe('processes by name', () => {
  it('gather processes of all hosts, and leave out those without a name', () => {
    const report = reportOf({
      ...twoProcesses,
      process: {
        'h;1': { latest: { name: 'curl' } },
        'h;2': { latest: { name: 'nginx' } },
        'i;1': { latest: { name: 'nginx' } },
        'i;2': {},
      },
      endpoint: {
        ';10.0.0.1;1': { ...on('h', '1'), to: [';10.0.0.2;80'] },
        ';10.0.0.2;80': on('i', '1'),
        ';8.8.8.8;53': {},
      },
    });
    const rendered = render(processesByName.plan, report);
    expect(edgesOfTopology(rendered)).toEqual({ curl: ['nginx'], nginx: [], 'out-theinternet': [] });
    expect(nodeOf(rendered, 'nginx').count('process')).toBe(2);
    expect(nodeOf(rendered, 'nginx').topology).toBe('group:process:name');
    expect(membersOf(rendered, 'nginx')).toEqual(['endpoint ;10.0.0.2;80', 'process h;2', 'process i;1']);
  });
});
