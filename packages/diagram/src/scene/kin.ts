/**
 * Which nodes are replicas of one another: same kind, same rank, same name but for what was made up.
 *
 * @param stems - of the names, see {@link stemOf}
 * @example `cart-7d9f8c6b5-x2x9z` and `cart-7d9f8c6b5-b4c5d`, two pods
 */
export function kinOf(topology: string, stems: { readonly label: string; readonly rank: string }): string {
  return `${topology};${stems.rank};${stems.label}`;
}

/**
 * What is made up at the end of a name. Kubernetes: five letters or digits without vowels and 0, 1, 3, and before them,
 * of a deployment's pods, a hash of the digits 0 to 9 in the same alphabet (apimachinery's util/rand: String and
 * SafeEncodeString). Others take hexadecimal digits.
 */
const HASH = /[-_.]([bcdfghjklmnpqrstvwxz2456789]{5}|[bcdf456789]{6,10}|(?=[a-f]*[0-9])[0-9a-f]{6,64})$/;
/** The number of a replica (stateful sets, compose). */
const NUMBER = /[-_.][0-9]+$/;

/** A name without what was made up at its end: two hashes (a deployment's pod), one, or a number. */
export function stemOf(name: string): string {
  const shorter = name.replace(HASH, '');
  return shorter === name ? name.replace(NUMBER, '') : shorter.replace(HASH, '');
}
