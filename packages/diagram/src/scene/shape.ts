import type { NodeSummary } from '@ridgeline/core/wire';
import type { ShapeName } from './scene.ts';

/** The kinds that have a shape of their own here, whatever shape reports ask for them (Scope draws pods and services alike). */
const BY_TOPOLOGY: Readonly<Record<string, ShapeName>> = {
  process: 'circle',
  'group:process:name': 'circle',
  container: 'hexagon',
  pod: 'square',
  service: 'diamond',
  host: 'wide',
};

/** The shapes that reports name, as ours. */
const BY_NAME: Readonly<Record<string, ShapeName>> = {
  circle: 'circle',
  square: 'square',
  diamond: 'diamond',
  pentagon: 'pentagon',
  hexagon: 'hexagon',
  heptagon: 'heptagon',
  octagon: 'octagon',
  triangle: 'triangle',
  cylinder: 'cylinder',
  storagesheet: 'sheet',
  sheet: 'sheet',
  cloud: 'cloud',
};

const DOTTED = 'dotted';

/** The outline of a node, and whether it is broken. A shape that nobody knows is a circle. */
export function shapeOf({ topology, shape, pseudo }: Pick<NodeSummary, 'topology' | 'shape' | 'pseudo'>): {
  readonly shape: ShapeName;
  readonly dashed: boolean;
} {
  if (pseudo === true)
    return shape === 'cloud' ? { shape, dashed: false } : { shape: 'circle', dashed: true };
  const dashed = shape.startsWith(DOTTED);
  const name = dashed ? shape.slice(DOTTED.length) : shape;
  return { shape: ownValue(BY_TOPOLOGY, topology) ?? ownValue(BY_NAME, name) ?? 'circle', dashed };
}

/** Names come from reports: `constructor` is one that no table has. */
function ownValue<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
