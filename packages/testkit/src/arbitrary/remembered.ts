import * as fc from 'fast-check';

/** How many values are kept: those of the first runs of a law, so that long runs do not fill the memory. */
const KEPT = 256;

/**
 * The values of an arbitrary, each made once for laws that are tried with one seed: run i of each law draws the same
 * number first, and gets what was made for it. They must be immutable. Values, their spread and how they shrink are those
 * of the arbitrary. It has to be the first thing that a law draws; elsewhere it only costs what it would cost anyway.
 */
export function remembered<T>(of: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return new Remembered(of);
}

class Remembered<T> extends fc.Arbitrary<T> {
  readonly #of: fc.Arbitrary<T>;
  readonly #made = new Map<string, fc.Value<T>>();

  constructor(of: fc.Arbitrary<T>) {
    super();
    this.#of = of;
  }

  generate(random: fc.Random, bias: number | undefined): fc.Value<T> {
    const seed = random.nextInt();
    const key = `${seed} ${bias}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const made = generateFrom(seed, (own) => this.#of.generate(own, bias));
    if (this.#made.size < KEPT) this.#made.set(key, made);
    return made;
  }

  canShrinkWithoutContext(value: unknown): value is T {
    return this.#of.canShrinkWithoutContext(value);
  }

  shrink(value: T, context: unknown): fc.Stream<fc.Value<T>> {
    return this.#of.shrink(value, context);
  }
}

/** Generates with numbers of its own, so that what is drawn next does not hang on what was made before. */
function generateFrom<V>(seed: number, generate: (random: fc.Random) => V): V {
  const made: V[] = [];
  class Once extends fc.Arbitrary<null> {
    generate(random: fc.Random): fc.Value<null> {
      made.push(generate(random));
      return new fc.Value(null, undefined);
    }
    canShrinkWithoutContext(value: unknown): value is null {
      return value === null;
    }
    shrink(): fc.Stream<fc.Value<null>> {
      return fc.Stream.nil();
    }
  }
  fc.check(
    fc.property(new Once(), () => true),
    { numRuns: 1, seed },
  );
  return made[0] as V;
}
