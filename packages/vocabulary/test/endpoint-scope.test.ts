import { describe, expect, it } from 'vitest';
import { createEndpointScopes } from '../src/rules/endpoint-scope.ts';
import { type NamespaceNetwork, readNamespaceNetwork } from '../src/rules/namespace-network.ts';

const own = 1;
const container = 2;
const twin = 3;

/** The files of a namespace with one address of each family on `eth0`, and a default route if a gateway is given. */
function filesOf(name: string, last: number, gatewayHex?: string): NamespaceNetwork {
  const route = [
    'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT',
    `${name}\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0`,
    ...(gatewayHex === undefined
      ? []
      : [`${name}\t00000000\t${gatewayHex}\t0003\t0\t0\t0\t00000000\t0\t0\t0`]),
  ].join('\n');
  return readNamespaceNetwork({
    fibTrie: `Local:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 172.17.0.${last}\n        /32 host LOCAL\n     |-- 172.17.255.255\n        /32 link BROADCAST\n`,
    route,
    ifInet6: `fd000000000000000000000000000${String(last).padStart(3, '0')} 02 40 00 80     ${name}\n`,
  });
}

describe('readNamespaceNetwork', () => {
  it('reads addresses of both families, networks and gateways', () => {
    const read = filesOf('eth0', 2, '010011AC');
    expect([...read.addresses]).toEqual(['172.17.0.2', 'fd00::2']);
    expect(read.gateways).toEqual(['172.17.0.1']);
    expect(read.networks.map(({ network }) => network.bits)).toEqual([16, 64]);
  });

  it('leaves out lines it does not understand', () => {
    const read = readNamespaceNetwork({ fibTrie: '|-- x\n', route: 'eth0 zz\n\n', ifInet6: 'nothing\n' });
    expect(read).toEqual({ addresses: new Set(), networks: [], gateways: [] });
  });
});

describe('endpoint scopes', () => {
  const bridge = filesOf('docker0', 1);
  const scopes = createEndpointScopes(
    'h',
    own,
    new Map([
      [own, bridge],
      [container, filesOf('eth0', 2, '010011AC')],
      [twin, filesOf('eth0', 2, '010011AC')],
    ]),
  );

  it.each([
    ['127.0.0.1', own, 'h'],
    ['127.0.0.1', container, 'h-2'],
    ['::1', container, 'h-2'],
    ['0.0.0.0', own, 'h'],
    ['169.254.7.7', container, 'h-2'],
    ['fe80::1', own, 'h'],
  ])('%s seen from namespace %i means that namespace alone', (address, from, scope) => {
    expect(scopes.scopeOf(scopes.locate(from, address), address, from)).toBe(scope);
  });

  it('scopes the network of a local bridge by host', () => {
    expect(scopes.scopeOf(scopes.locate(own, '172.17.0.1'), '172.17.0.1', own)).toBe('h');
    expect(scopes.scopeOf(undefined, '172.17.0.99', own)).toBe('h');
  });

  it('scopes an address that several namespaces have by namespace, and finds it only from inside', () => {
    expect(scopes.locate(own, '172.17.0.2')).toBeUndefined();
    expect(scopes.locate(twin, '172.17.0.2')).toBe(twin);
    expect(scopes.scopeOf(twin, '172.17.0.2', twin)).toBe('h-3');
  });

  it('leaves all others without a scope, so that two hosts meet in one id', () => {
    expect(scopes.locate(own, '203.0.113.9')).toBeUndefined();
    expect(scopes.scopeOf(undefined, '203.0.113.9', own)).toBe('');
  });
});
