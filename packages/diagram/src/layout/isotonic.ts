/**
 * The nearest values to `wishes` that keep their order and their distances: minimises Σ weight·(value − wish)² under
 * `value[k+1] − value[k] ≥ distance[k]`. Pool adjacent violators, O(n) (Barlow et al. 1972).
 *
 * @param distances - between value k and k+1; length n−1 or more
 * @param weights - positive
 */
export function projectIsotonic(
  wishes: Float64Array,
  weights: Float64Array,
  distances: Float64Array,
): Float64Array {
  const n = wishes.length;
  const value = new Float64Array(n);
  const weight = new Float64Array(n);
  const count = new Int32Array(n);
  let blocks = 0;
  let offset = 0;
  for (let k = 0; k < n; k++) {
    if (k > 0) offset += distances[k - 1] as number;
    let v = (wishes[k] as number) - offset;
    let w = weights[k] as number;
    let c = 1;
    while (blocks > 0 && (value[blocks - 1] as number) > v) {
      blocks--;
      const w2 = weight[blocks] as number;
      v = (v * w + (value[blocks] as number) * w2) / (w + w2);
      w += w2;
      c += count[blocks] as number;
    }
    value[blocks] = v;
    weight[blocks] = w;
    count[blocks] = c;
    blocks++;
  }
  const result = new Float64Array(n);
  offset = 0;
  for (let b = 0, k = 0; b < blocks; b++) {
    for (let c = count[b] as number; c > 0; c--, k++) {
      if (k > 0) offset += distances[k - 1] as number;
      result[k] = (value[b] as number) + offset;
    }
  }
  return result;
}
