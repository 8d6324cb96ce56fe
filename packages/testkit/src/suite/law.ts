import * as fc from 'fast-check';
import { BrokenLawError, type CounterexampleOptions, saveCounterexample } from './counterexample.ts';

/** Registers a test: `it` of vitest, `test` of node:test, or any function of a name and a body. */
export type TestFunction = (name: string, run: () => void | Promise<void>) => unknown;

/** How laws are registered and run. */
export interface LawOptions extends CounterexampleOptions {
  /** Registers a test: `it` of vitest, `test` of node:test. */
  readonly test: TestFunction;
  /** How often each law is tried; default: `LAWS_RUNS` of the environment, else 200. */
  readonly runs?: number;
  /** Repeats a run; default: `LAWS_SEED` of the environment, else a new one each time. */
  readonly seed?: number;
}

/**
 * Registers one law as one test, named `law <id>: <formula>`. A failure shows the shrunk counterexample, the seed and
 * the path to it; its reports are saved as files, beside which stands the command that shows them.
 *
 * @param arbitraries - what the law is tried on
 * @param holds - the law, as a pure function
 */
export function law<T extends [unknown, ...unknown[]]>(
  { test, ...options }: LawOptions,
  id: string,
  formula: string,
  arbitraries: { [I in keyof T]: fc.Arbitrary<T[I]> },
  holds: (...args: T) => boolean | Promise<boolean>,
): void {
  test(`law ${id}: ${formula}`, async () => {
    const found = await fc.check(
      fc.asyncProperty<T>(...arbitraries, async (...args) => holds(...args)),
      settings<T>(options),
    );
    if (!found.failed) return;
    const counterexample = found.counterexample ?? [];
    const message = await fc.asyncDefaultReportMessage(found);
    const saved = saveCounterexample(id, formula, counterexample, options);
    throw new BrokenLawError(
      id,
      `law ${id} does not hold: ${formula}\n${thrownBy(found.errorInstance)}${message}`,
      { counterexample, saved },
      found.errorInstance,
    );
  });
}

/**
 * Registers a law from which a definition declares an exception: it is skipped, and a counterexample is demanded, so
 * that a declaration that is no longer true is found.
 *
 * @param declaration - how the definition says it: `monotone: false`
 */
export function exception<T extends [unknown, ...unknown[]]>(
  { test, ...options }: LawOptions,
  id: string,
  declaration: string,
  arbitraries: { [I in keyof T]: fc.Arbitrary<T[I]> },
  holds: (...args: T) => boolean | Promise<boolean>,
): void {
  test(`law ${id}: ${declaration} is declared, and there is a counterexample`, async () => {
    const chosen = settings<T>(options);
    const numRuns = Math.max(chosen.numRuns ?? 0, 1000);
    const found = await fc.check(
      fc.asyncProperty<T>(...arbitraries, async (...args) => holds(...args)),
      { ...chosen, numRuns, endOnFailure: true },
    );
    if (!found.failed) {
      throw new Error(
        `law ${id} held ${numRuns} times (seed ${found.seed}), but ${declaration} is declared: drop the declaration, or give reports that show why it is there`,
      );
    }
  });
}

/** What the law, or what it asked, threw; nothing for a law that said no. */
function thrownBy(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text === 'Error: Property failed by returning false' ? '' : `it threw ${text}\n`;
}

/** The same options with a seed, so that all laws of a suite are tried on the same values. */
export function seeded<O extends object>(
  options: O & { readonly seed?: number },
): O & { readonly seed: number } {
  const seed = options.seed ?? fromEnvironment('LAWS_SEED') ?? Math.floor(Math.random() * 2 ** 31);
  return { ...options, seed };
}

/** How often a law is tried when no one says. */
export const defaultRuns = 200;

function settings<T>(options: { readonly runs?: number; readonly seed?: number }): fc.Parameters<T> {
  const runs = options.runs ?? fromEnvironment('LAWS_RUNS') ?? defaultRuns;
  const seed = options.seed ?? fromEnvironment('LAWS_SEED');
  return seed === undefined ? { numRuns: runs } : { numRuns: runs, seed };
}

function fromEnvironment(name: string): number | undefined {
  const text = globalThis.process?.env[name];
  return text === undefined || text === '' ? undefined : Number(text);
}
