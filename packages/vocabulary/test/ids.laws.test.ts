import type { IdKind } from '@ridgeline/core';
import { decodesWhatItEncodes, encodesApart, law } from '@ridgeline/testkit';
import {
  containerId,
  cronJobId,
  type EndpointParts,
  ecsServiceId,
  endpointId,
  hostId,
  type OverlayNetwork,
  overlayId,
  processId,
} from '@ridgeline/vocabulary';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';

/** Parts that mean trouble to ids: separators, escapes, emptiness, what other parts look like. */
const part = fc.oneof(
  fc.constantFrom('', ';', '%', '%3B', ';udp', 'udp', '<host>', 'a;b', '#', ':'),
  fc.string({ maxLength: 4 }),
);
const port = fc.integer({ min: 0, max: 65_535 }).map(String);

function idLaws<Parts extends readonly string[]>(kind: IdKind<Parts>, parts: fc.Arbitrary<Parts>): void {
  describe(kind.topology, () => {
    law({ test: it }, 'A1', 'decode(encode(parts)) = parts', [parts], (given) =>
      decodesWhatItEncodes(kind, given),
    );
    law({ test: it }, 'A2', 'encode(a) = encode(b) ⇔ a = b', [parts, parts], (a, b) =>
      encodesApart(kind, a, b),
    );
  });
}

const keyed = part.map((key) => [key] as const);

idLaws(hostId, keyed);
idLaws(containerId, keyed);
idLaws(cronJobId, keyed);
idLaws(
  processId,
  fc.tuple(part, fc.nat().map(String)).map(([host, pid]) => [host, pid] as const),
);
idLaws(
  ecsServiceId,
  fc.tuple(part, part).map(([cluster, name]) => [cluster, name] as const),
);
idLaws(
  endpointId,
  fc.oneof(
    fc.tuple(part, part, port).map(([scope, address, at]): EndpointParts => [scope, address, at]),
    fc.tuple(part, part, port).map(([scope, address, at]): EndpointParts => [scope, address, at, 'udp']),
  ),
);
idLaws(
  overlayId,
  fc
    .tuple(fc.constantFrom<OverlayNetwork>('weave', 'docker'), part)
    .filter(([network, peer]) => network === 'docker' || !peer.startsWith('docker_peer_'))
    .map(([network, peer]) => [network, peer] as const),
);
