import type { Scene, SceneNode } from '@ridgeline/diagram';

/** What of a scene a layout goes by, in columns: thousands of small objects take long to be copied to a worker. */
export interface PackedScene {
  readonly ids: readonly string[];
  readonly kins: readonly string[];
  readonly groups: readonly string[];
  /** Two indexes an edge. */
  readonly ends: Uint32Array;
  readonly weights: Float64Array;
  readonly grouping: string | undefined;
}

export function packScene({ nodes, edges, grouping }: Scene): PackedScene {
  const ends = new Uint32Array(2 * edges.length);
  const weights = new Float64Array(edges.length);
  for (const [index, { from, to, weight }] of edges.entries()) {
    ends[2 * index] = from;
    ends[2 * index + 1] = to;
    weights[index] = weight;
  }
  return {
    ids: nodes.map(({ id }) => id),
    kins: nodes.map(({ kin }) => kin),
    groups: nodes.map(({ group }) => group),
    ends,
    weights,
    grouping,
  };
}

/** A scene that is laid out as the one that was packed; how its nodes look is not known any more. */
export function unpackScene({ ids, kins, groups, ends, weights, grouping }: PackedScene): Scene {
  const nodes = ids.map((id, index): SceneNode => {
    const [kin = '', group = ''] = [kins[index], groups[index]];
    return { ...PLAIN, id, kin, group };
  });
  const edges = [...weights].map((weight, index) => ({
    from: ends[2 * index] ?? 0,
    to: ends[2 * index + 1] ?? 0,
    weight,
    edges: 1,
  }));
  return { nodes, edges, groups: [], flows: [], ...(grouping === undefined ? {} : { grouping }) };
}

const PLAIN = {
  label: '',
  labelMinor: '',
  shape: 'circle',
  dashed: false,
  glyph: 'none',
  pseudo: false,
  stacked: false,
} as const;
