import { filterFromJson } from '@ridgeline/core';

/**
 * The number that a quantity stands for where an option takes a number: `2s` is 2000 milliseconds, and `8MB`, for an
 * option whose name ends in `bytes`, is 8388608.
 *
 * @returns `undefined` for any other text, also for a size where time is meant
 */
export function readQuantity(text: string, option: string): number | undefined {
  const read = filterFromJson({ quantity: { '>=': text } });
  if (!read.ok || read.expr.kind !== 'compare' || read.expr.value.kind !== 'number') return undefined;
  const { value, dimension } = read.expr.value;
  return dimension === (/bytes$/i.test(option) ? 'bytes' : 'duration') ? value : undefined;
}
