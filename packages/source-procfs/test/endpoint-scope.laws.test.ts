import { parseNetwork } from '@ridgeline/core';
import { createEndpointScopes } from '@ridgeline/vocabulary';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressPool } from '../src/address-pool.ts';
import { AddressMap, hostScope, namespaceScope, noScope } from '../src/endpoint-scope.ts';
import type { NetworkNamespace } from '../src/namespaces.ts';
import { SocketTable } from '../src/socket-table.ts';
import { internText } from './proc-fixture.ts';

const numRuns = Number(process.env.LAWS_RUNS ?? 200);
const seed = process.env.LAWS_SEED === undefined ? {} : { seed: Number(process.env.LAWS_SEED) };

const held = ['10.88.0.1', '10.88.0.2', '192.0.2.2', '169.254.1.1'] as const;
const asked = [...held, '10.88.0.77', '198.51.100.1', '127.0.0.1', '127.9.9.9', '0.0.0.0'] as const;
const networks = ['10.88.0.0/16', '192.0.2.0/24', '169.254.0.0/16'] as const;

const namespace = fc.record({
  addresses: fc.subarray([...held]),
  networks: fc.array(
    fc.tuple(fc.constantFrom(...networks), fc.constantFrom('eth0', 'docker0', 'br7', 'cni0')),
    { maxLength: 2 },
  ),
  gateways: fc.subarray([...held], { maxLength: 1 }),
});

const numberOf = (text: string): number =>
  text.split('.').reduce((word, part) => word * 256 + Number(part), 0);

describe('scopes', () => {
  it('law procfs-11: the scopes of columns are those of the rule that other sources use', () => {
    fc.assert(
      fc.property(fc.array(namespace, { minLength: 1, maxLength: 3 }), (drawn) => {
        const pool = new AddressPool();
        const indexOf = new Map(asked.map((text) => [text as string, internText(pool, text)]));
        const columns = drawn.map(
          (it, index): NetworkNamespace => ({
            inode: index + 100,
            isOwn: index === 0,
            pids: [],
            network: {
              addresses: it.addresses.map((text) => internText(pool, text)),
              networks: it.networks.map(([text, interfaceName]) => {
                const [base = '', bits] = text.split('/');
                return { address: internText(pool, base), prefixLength: Number(bits), interfaceName };
              }),
              routes: it.gateways.map((text) => ({
                interfaceName: 'eth0',
                destination: 0,
                mask: 0,
                gateway: numberOf(text),
              })),
            },
          }),
        );
        const texts = new Map(
          drawn.map((it, index) => [
            index + 100,
            {
              addresses: new Set<string>(it.addresses),
              networks: it.networks.flatMap(([text, interfaceName]) => {
                const network = parseNetwork(text);
                return network === undefined ? [] : [{ network, interfaceName }];
              }),
              gateways: it.gateways,
            },
          ]),
        );
        const map = new AddressMap(columns, new SocketTable(1), pool);
        const rule = createEndpointScopes('h', 100, texts);
        for (const seenFrom of drawn.keys()) {
          for (const [text, index] of indexOf) {
            const livesIn = map.locate(seenFrom, index);
            const expected = rule.locate(seenFrom + 100, text);
            expect(livesIn < 0 ? undefined : livesIn + 100, text).toBe(expected);
            const code = map.scopeOf(livesIn, index, seenFrom);
            const scope =
              code === noScope ? '' : code === hostScope ? 'h' : `h-${code - namespaceScope + 100}`;
            expect(scope, `${text} from ${seenFrom}`).toBe(rule.scopeOf(expected, text, seenFrom + 100));
          }
        }
      }),
      { numRuns, ...seed },
    );
  });
});
