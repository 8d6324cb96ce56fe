import { type Json, type JsonMap, listOf, mapOf } from '../json.ts';

/** One variant of a view: the options asked for, and the part of the file that says what is expected. */
export interface Variant {
  readonly index: number;
  readonly options: JsonMap | null;
  /** Where `expected` stands, from the view on. */
  readonly at: string;
  readonly expected: JsonMap;
}

/** The variants of a view; one that is the same as another refers to that one's part of the file. */
export function variantsOf(topology: JsonMap): readonly Variant[] {
  const all = listOf(topology.variants).map(mapOf);
  return all.map((variant, index) => {
    const same = variant.same_as;
    const of = typeof same === 'number' ? same : index;
    return {
      index,
      options: variant.options === null ? null : mapOf(variant.options),
      at: `/variants/${of}`,
      expected: all[of] ?? {},
    };
  });
}

/** The options of a variant in words. */
export function partOf(view: string, options: Json): string {
  return `${view} ${options === null ? 'without parameters' : JSON.stringify(options)}`;
}
