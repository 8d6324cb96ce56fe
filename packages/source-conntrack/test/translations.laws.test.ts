import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Flow, FlowEnd } from '../src/flow.ts';
import { translationsOf } from '../src/translations.ts';
import { flows } from './flow-arbitrary.ts';
import { lawRuns } from './law-runs.ts';

const isSame = (a: FlowEnd, b: FlowEnd): boolean => a.address === b.address && a.port === b.port;

describe('translations of a flow', () => {
  it('law N6: a flow whose reply is its original reversed has none', () => {
    fc.assert(
      fc.property(flows, (flow) => {
        const plain: Flow = { ...flow, replySource: flow.destination, replyDestination: flow.source };
        expect(translationsOf(plain)).toEqual([]);
      }),
      lawRuns,
    );
  });

  it("law N7: with the translations undone, the tuples are each other's reverse; no copy is its own original", () => {
    fc.assert(
      fc.property(flows, (flow) => {
        const translations = translationsOf(flow);
        const toServer = translations.find(({ original }) => original === flow.replySource);
        const toClient = translations.find(({ original }) => original === flow.source);
        expect(isSame(toServer?.copy ?? flow.replySource, flow.destination)).toBe(true);
        expect(isSame(toClient?.copy ?? flow.source, flow.replyDestination)).toBe(true);
        for (const { copy, original } of translations) expect(isSame(copy, original)).toBe(false);
      }),
      lawRuns,
    );
  });
});
