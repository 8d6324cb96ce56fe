// Says in words how a measure compares with its baseline's.

/**
 * @typedef {import('./bench-case.ts').Ask} Ask
 * @typedef {import('./measure.mjs').Measure} Measure
 */

/**
 * @param {number} ratio
 * @returns {string}
 */
function show(ratio) {
  return ratio >= 100 ? ratio.toFixed(0) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2);
}

/**
 * @param {number} ratio baseline ÷ case
 * @param {Ask | undefined} ask
 */
function verdict(ratio, ask) {
  if (ask === undefined) return '';
  const [wanted, met] =
    'atLeast' in ask
      ? [`≥ ${ask.atLeast}× asked`, ratio >= ask.atLeast]
      : [`≤ ${ask.atMost}× asked`, 1 / ratio <= ask.atMost];
  return ` (${wanted}: ${met ? 'met' : 'MISSED'})`;
}

/**
 * @param {Measure} measured
 * @param {Measure} baseline of the same kind
 * @param {string} baselineName
 * @param {Ask} [ask]
 * @returns {string} e.g. `9.31× as fast as render/group-oracle (≥ 8× asked: met)`
 * @throws {Error} when one was weighed and the other was not, or in another unit
 */
export function compare(measured, baseline, baselineName, ask) {
  if (measured.weight?.unit !== baseline.weight?.unit) {
    throw new Error(`a measure in ${measured.weight?.unit ?? 'ms'} cannot be compared with ${baselineName}`);
  }
  const ratio = measured.weight
    ? (baseline.weight?.amount ?? Number.NaN) / measured.weight.amount
    : baseline.medianMillis / measured.medianMillis;
  // Said the way round in which it was asked.
  const isCost = ask !== undefined ? 'atMost' in ask : ratio < 1;
  const [better, worse] = measured.weight ? ['as small as', 'the size of'] : ['as fast as', 'the time of'];
  const words = isCost ? `${show(1 / ratio)}× ${worse}` : `${show(ratio)}× ${better}`;
  return `${words} ${baselineName}${verdict(ratio, ask)}`;
}
