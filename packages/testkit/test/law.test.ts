import { exception, law } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** Runs what a law registers, without registering it here. */
async function outcome(
  register: (test: (name: string, run: () => void | Promise<void>) => void) => void,
): Promise<{
  readonly name: string;
  readonly error: string | undefined;
}> {
  const registered: { readonly name: string; readonly run: () => void | Promise<void> }[] = [];
  register((name, run) => registered.push({ name, run }));
  const [only] = registered;
  if (only === undefined || registered.length > 1)
    throw new Error(`${registered.length} tests were registered`);
  try {
    await only.run();
    return { name: only.name, error: undefined };
  } catch (error) {
    return { name: only.name, error: error instanceof Error ? error.message : String(error) };
  }
}

describe('law', () => {
  it('is one test, named by its id and formula', async () => {
    const { name, error } = await outcome((test) =>
      law({ test }, 'B1', 'a + b = b + a', [fc.nat(), fc.nat()], (a, b) => a + b === b + a),
    );

    expect(name).toBe('law B1: a + b = b + a');
    expect(error).toBeUndefined();
  });

  it('fails with the shrunk counterexample, the seed and the path to it', async () => {
    const { error } = await outcome((test) =>
      law({ test, seed: 7, runs: 50 }, 'B1', 'n < 10', [fc.nat()], (n) => n < 10),
    );

    expect(error).toContain('seed: 7');
    expect(error).toMatch(/path: "[\d:]+"/);
    expect(error).toContain('Counterexample: [10]');
  });
});

describe('exception', () => {
  it('holds when there is a counterexample', async () => {
    const { name, error } = await outcome((test) =>
      exception({ test }, 'C9', 'monotone: false', [fc.nat()], (n) => n < 10),
    );

    expect(name).toBe('law C9: monotone: false is declared, and there is a counterexample');
    expect(error).toBeUndefined();
  });

  it('fails when the law holds after all', async () => {
    const { error } = await outcome((test) =>
      exception({ test }, 'C9', 'monotone: false', [fc.nat()], (n) => n >= 0),
    );

    expect(error).toContain('drop the declaration');
  });
});
