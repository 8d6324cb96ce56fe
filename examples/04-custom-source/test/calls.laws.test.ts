import { sourceLaws } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { callsSource } from '../src/index.ts';
import { FileWorld, type Step } from './file-world.ts';

const at = fc.constantFrom('1970-01-01T00:00:00Z', '1970-01-01T00:00:01Z', '1970-01-01T00:10:00Z');
const app = fc.constantFrom('web', 'db', 'a;b', '%');
const call = fc
  .record({ at, from: app, to: app, bytes: fc.nat(2) })
  .map((said) => `${JSON.stringify(said)}\n`);
/** Lines, whole and cut in two, and lines that say nothing. */
const text = fc
  .array(fc.oneof(call, fc.constantFrom('{"at":', '\n', 'oops\n', '{}\n')), { maxLength: 4 })
  .map((parts) => parts.join(''));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: text.map((append) => ({ append })) },
  { weight: 1, arbitrary: text.map((rewrite) => ({ rewrite })) },
);

describe('calls', () => {
  // The kit opens one world at a time; the source lives in the one that was opened last.
  let world = new FileWorld([]);
  const source = callsSource({
    readFrom: (path, offset) => world.readFrom(path, offset),
    wait: (millis, signal) => world.wait(millis, signal),
  });
  sourceLaws(
    source,
    {
      options: { file: 'calls.jsonl', every: 1000, keep: 60_000 },
      open: (steps: readonly Step[]) => {
        world = new FileWorld(steps);
        return world;
      },
    },
    { test: it, recordings: fc.array(step, { maxLength: 5 }) },
  );
});
