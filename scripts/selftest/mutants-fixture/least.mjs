/**
 * The least of some numbers.
 *
 * @param {readonly number[]} numbers
 */
export function least(numbers) {
  let result = Number.POSITIVE_INFINITY;
  for (const number of numbers) if (number < result) result = number;
  return result;
}
