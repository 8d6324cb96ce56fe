import type { NodeSummary } from '@ridgeline/core/wire';

/**
 * Which nodes are replicas of one another: same kind, same rank, same name but for what was made up.
 *
 * @example `cart-7d9f8c6b5-x2x9z` and `cart-7d9f8c6b5-b4c5d`, two pods
 */
export function kinOf({ topology, rank, label }: Pick<NodeSummary, 'topology' | 'rank' | 'label'>): string {
  return `${topology};${stemOf(rank)};${stemOf(label)}`;
}

/**
 * What is made up at the end of a name: a number (stateful sets), a suffix of Kubernetes (apimachinery's util/rand
 * draws from letters without vowels and digits without 0, 1, 3), hexadecimal digits.
 */
const MADE_UP =
  /[-_.]([0-9]+|[bcdfghjklmnpqrstvwxz2456789]{5}|(?=[a-z]*[0-9])[bcdfghjklmnpqrstvwxz2456789]{6,10}|(?=[a-f]*[0-9])[0-9a-f]{6,64})$/;

function stemOf(name: string): string {
  let stem = name;
  for (let cut = 0; cut < 3; cut++) {
    const shorter = stem.replace(MADE_UP, '');
    if (shorter === stem) break;
    stem = shorter;
  }
  return stem;
}
