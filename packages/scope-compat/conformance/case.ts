import type { CompareOptions } from './compare.ts';
import type { Json } from './json.ts';

/** One value of ours beside what is expected of it. */
export interface Comparison {
  /** Where `expected` stands in its file. */
  readonly at: string;
  /** A part of the file itself, not a copy: the self-test changes it in place. */
  readonly expected: Json;
  /** Made when it is asked for. */
  readonly actual: () => unknown;
  readonly options?: CompareOptions;
  /** Whether `expected` was worked out from the file by a rule, so that changing it would prove nothing. */
  readonly derived?: boolean;
}

/** One case: a (file, topology or request or step, variant). */
export interface ConformanceCase {
  readonly kind: string;
  /** The name of its file. */
  readonly name: string;
  /** Which part of the file it is. */
  readonly part: string;
  readonly view?: string;
  /** Why it is not run. */
  readonly skipped?: string;
  readonly comparisons: readonly Comparison[];
}
