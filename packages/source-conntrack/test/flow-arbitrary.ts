import fc from 'fast-check';
import type { Flow, FlowEnd } from '../src/flow.ts';

const ADDRESSES = {
  v4: ['10.0.0.1', '10.0.0.2', '203.0.113.7', '127.0.0.1', '255.255.255.255'],
  v6: ['fd00::1', 'fd00::2', '2001:db8::7', '::1', '1:2:3:4:5:6:7:8'],
} as const;
const port = fc.constantFrom(1, 53, 80, 40_000, 65_535);

/** Few addresses and ports: flows meet, are reversed, translated or not. */
export const flows: fc.Arbitrary<Flow> = fc.constantFrom('v4' as const, 'v6' as const).chain((family) => {
  const end: fc.Arbitrary<FlowEnd> = fc.record({ address: fc.constantFrom(...ADDRESSES[family]), port });
  const maybeBytes = fc.option(fc.nat(2 ** 40), { nil: undefined });
  return fc
    .record({
      id: fc.integer({ min: 0, max: 3 }),
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
      source: end,
      destination: end,
      translatedSource: fc.option(end, { nil: undefined }),
      translatedDestination: fc.option(end, { nil: undefined }),
      isAnswered: fc.boolean(),
      isOver: fc.boolean(),
      startMillis: fc.option(fc.integer({ min: 1, max: 2 ** 41 }), { nil: undefined }),
      sentBytes: maybeBytes,
      receivedBytes: maybeBytes,
    })
    .map(
      ({
        translatedSource,
        translatedDestination,
        isOver,
        startMillis,
        sentBytes,
        receivedBytes,
        ...flow
      }) => ({
        ...flow,
        replySource: translatedDestination ?? flow.destination,
        replyDestination: translatedSource ?? flow.source,
        isOver: isOver && flow.protocol === 'tcp',
        ...(startMillis === undefined ? {} : { startMillis }),
        ...(sentBytes === undefined ? {} : { sentBytes }),
        ...(receivedBytes === undefined ? {} : { receivedBytes }),
      }),
    );
});
