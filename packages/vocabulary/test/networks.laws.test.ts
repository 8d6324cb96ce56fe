import { type Network, networkContains, parseNetwork } from '@ridgeline/core';
import { law } from '@ridgeline/testkit';
import { containingNetwork, NetworkSet, parseAddress } from '@ridgeline/vocabulary';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';

/** Bytes that are near each other, so that networks contain addresses often. */
const byte = fc.constantFrom(0, 1, 9, 10, 127, 128, 255);
const ipv4 = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.'));
const ipv6 = fc.tuple(byte, byte).map(([a, b]) => `fd${a.toString(16).padStart(2, '0')}::${b.toString(16)}`);
const addresses = fc.oneof({ weight: 3, arbitrary: ipv4 }, ipv6);
const networks = fc.oneof(
  fc.tuple(ipv4, fc.nat(32)).map(([address, bits]) => parseNetwork(`${address}/${bits}`) as Network),
  fc.tuple(ipv6, fc.nat(128)).map(([address, bits]) => parseNetwork(`${address}/${bits}`) as Network),
);

describe('networks', () => {
  law(
    { test: it },
    'networks-1',
    'a set of networks has what one of them contains',
    [fc.array(networks, { maxLength: 4 }), addresses],
    (given, address) => {
      const parsed = parseAddress(address) as Network;
      return new NetworkSet(given).has(address) === given.some((network) => networkContains(network, parsed));
    },
  );
  law(
    { test: it },
    'networks-2',
    'a set of networks says undefined of exactly what is no address',
    [fc.oneof(addresses, fc.stringMatching(/^[0-9.]{0,12}$/), fc.string())],
    (text) => (new NetworkSet([]).has(text) === undefined) === (parseAddress(text) === undefined),
  );
  law(
    { test: it },
    'networks-3',
    'the containing network contains all, and no longer prefix does',
    [fc.array(ipv4, { minLength: 1, maxLength: 4 })],
    (given) => {
      const all = given.map((address) => parseAddress(address) as Network);
      const found = containingNetwork(all) as Network;
      const contains = (network: Network): boolean => all.every((one) => networkContains(network, one));
      const longer = parseNetwork(`${given[0]}/${found.bits + 1}`);
      return contains(found) && (longer === undefined || !contains(longer));
    },
  );
});
