import {
  decodeGatheringId,
  digits,
  gatheringId,
  joinedId,
  knownServiceId,
  knownServiceName,
  taggedId,
} from '@ridgeline/core';
import {
  decodesWhatItEncodes,
  encodesApart,
  hostileTexts,
  law,
  reinterningChangesNothing,
  rejectsForeignSymbols,
  reports,
  tieValues,
} from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';

const options = { test: it };
const container = taggedId('container');
const free = joinedId<readonly [string, string, string]>('free', [undefined, undefined, undefined]);
const numbered = joinedId<readonly [string, string]>('process', [undefined, digits]);
const texts = hostileTexts();
const triples = fc.tuple(texts, texts, texts);

describe('ids', () => {
  law(options, 'A1', 'decode(encode(parts)) = parts, tagged', [texts], (key) =>
    decodesWhatItEncodes(container, [key]),
  );
  law(options, 'A1', 'decode(encode(parts)) = parts, joined', [triples], (parts) =>
    decodesWhatItEncodes(free, parts),
  );
  law(options, 'A1', 'decode(encode(parts)) = parts, checked', [texts, fc.nat()], (host, pid) =>
    decodesWhatItEncodes(numbered, [host, String(pid)]),
  );
  law(
    options,
    'A1',
    'the name of a known service comes back',
    [texts],
    (name) => knownServiceName(knownServiceId(name)) === name,
  );
  law(
    options,
    'A1',
    'what a pseudo node gathers comes back',
    [fc.constantFrom('uncontained', 'unmanaged'), texts],
    (what, of) => {
      const decoded = decodeGatheringId(gatheringId(what, of));
      return decoded?.what === what && decoded.of === of;
    },
  );
  law(options, 'A2', 'encode is injective, tagged', [texts, texts], (a, b) =>
    encodesApart(container, [a], [b]),
  );
  law(options, 'A2', 'encode is injective, joined', [triples, triples], (a, b) => encodesApart(free, a, b));
});

describe('symbol tables', () => {
  law(
    options,
    'A4',
    're-interning changes nothing',
    [reports(), fc.shuffledSubarray([...tieValues, 'k', 'l', 'a', 'made-up'])],
    reinterningChangesNothing,
  );
  law(options, 'A4', 'symbols of another table are rejected', [reports()], rejectsForeignSymbols);
});
