import type { NodeSummary } from '@ridgeline/core/wire';
import { groupingsOf, type Membership, suggestGrouping } from './groupings.ts';
import { type NodeLook, SceneMemo } from './looks.ts';
import { type Level, levelsOf } from './metrics.ts';
import { collapsedId, type Scene, type SceneGroup, type SceneNode } from './scene.ts';
import { gatherEdges, gatherFlows } from './scene-edges.ts';

/** What of a picture is drawn, and how. */
export interface SceneChoice {
  /** A key of {@link groupingsOf}; `''`: none; absent: the one that says most. */
  readonly grouping?: string;
  /** The id of a metric that nodes are filled by. */
  readonly metric?: string;
  /** Keys of groups that are drawn as one node each. */
  readonly collapsed?: ReadonlySet<string>;
  /** Hidden nodes that are drawn faint. They have no edges, and count in no group. */
  readonly ghosts?: readonly NodeSummary[];
}

/**
 * What to draw of a picture's nodes.
 *
 * @param nodes - in any order, which changes nothing; of two with one id, the first
 * @param memo - makes scenes of pictures that follow one another cheaper, and no different
 * @remarks Law V6: the weights of edges and flows add up to those of the picture's edges.
 */
export function sceneOf(
  nodes: Iterable<NodeSummary>,
  choice: SceneChoice = {},
  memo: SceneMemo = new SceneMemo(),
): Scene {
  const shown = ascending(nodes);
  const grouping = choice.grouping ?? suggestGrouping(groupingsOf(shown)) ?? '';
  const level = choice.metric === undefined ? () => undefined : levelsOf(shown, choice.metric);

  const groups = new Groups(choice.collapsed ?? new Set());
  const single: SceneNode[] = [];
  const members = new Map<string, NodeSummary[]>();
  const drawnAs = new Map<string, string>();
  for (const node of shown) {
    const group = groups.add(memo.groupOf(node, grouping));
    if (grouping === '' || choice.collapsed?.has(group) !== true) {
      single.push(memo.draw(node, group, level(node)));
      continue;
    }
    drawnAs.set(node.id, collapsedId(group));
    const list = members.get(group);
    if (list === undefined) members.set(group, [node]);
    else list.push(node);
  }
  const piles = [...members].map(([group, list]) =>
    pile(group, groups.labelOf(group), list, list.map(level), memo),
  );
  const drawn = piles.length === 0 ? single : [...piles, ...single].sort((a, b) => (a.id < b.id ? -1 : 1));
  const indexes = new Map(drawn.map(({ id }, index) => [id, index]));
  for (const [id, pileId] of drawnAs) indexes.set(id, indexes.get(pileId) as number);
  const faint = ascending(choice.ghosts ?? []).flatMap((node) =>
    indexes.has(node.id)
      ? []
      : [{ ...memo.draw(node, memo.groupOf(node, grouping)?.key ?? '', undefined), ghost: true }],
  );
  const list = grouping === '' ? [] : groups.list();
  const edges = gatherEdges(shown, indexes, drawn.length);
  return {
    nodes: faint.length === 0 ? drawn : [...drawn, ...faint],
    edges,
    groups: list,
    flows: gatherFlows(drawn, edges, list),
    ...(grouping === '' ? {} : { grouping }),
  };
}

function ascending(nodes: Iterable<NodeSummary>): readonly NodeSummary[] {
  const list = [...nodes];
  // Pictures come so.
  if (list.every(({ id }, i) => i === 0 || (list[i - 1] as NodeSummary).id < id)) return list;
  const byId = new Map<string, NodeSummary>();
  for (const node of list) if (!byId.has(node.id)) byId.set(node.id, node);
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** A group as one node. It looks like its members, and is as full as they are on the average. */
function pile(
  group: string,
  label: string,
  members: readonly NodeSummary[],
  levels: readonly (Level | undefined)[],
  memo: SceneMemo,
): SceneNode {
  const looks = members.map((node) => memo.lookOf(node));
  const first = looks.find(({ pseudo }) => !pseudo) ?? (looks[0] as NodeLook);
  const glyphs = new Set(looks.map(({ glyph }) => glyph));
  const troubled = looks.filter(({ trouble }) => trouble !== undefined);
  const worst = troubled.find(({ trouble }) => trouble === 'bad') ?? troubled[0];
  const full = levels.filter((level) => level !== undefined);
  const mean = full.reduce((sum, { level }) => sum + level, 0) / full.length;
  return {
    id: collapsedId(group),
    label: label === '' ? 'No group' : label,
    labelMinor: `${members.length} ${members.length === 1 ? 'node' : 'nodes'}`,
    shape: first.shape,
    dashed: first.dashed,
    glyph: glyphs.size === 1 ? first.glyph : 'cube',
    group,
    kin: collapsedId(group),
    pseudo: looks.every(({ pseudo }) => pseudo),
    stacked: true,
    count: members.length,
    ...(full.length === 0 ? {} : { level: mean, levelText: `${Math.round(mean * 100)} % on average` }),
    ...(worst?.trouble === undefined
      ? {}
      : {
          trouble: worst.trouble,
          troubleReason: `${worst.troubleReason} (${troubled.length} of ${members.length})`,
        }),
  };
}

const NO_GROUP: Membership = { key: '', label: '' };

/** The groups that nodes are in, as they are met. */
class Groups {
  readonly #sizes = new Map<string, { label: string; size: number }>();
  readonly #collapsed: ReadonlySet<string>;

  constructor(collapsed: ReadonlySet<string>) {
    this.#collapsed = collapsed;
  }

  /** The key of a group, which has one member more. */
  add(membership: Membership | undefined): string {
    const { key, label } = membership ?? NO_GROUP;
    const entry = this.#sizes.get(key);
    if (entry === undefined) this.#sizes.set(key, { label, size: 1 });
    else entry.size++;
    return key;
  }

  labelOf(key: string): string {
    return this.#sizes.get(key)?.label ?? key;
  }

  /** Ascending by key. */
  list(): readonly SceneGroup[] {
    return [...this.#sizes]
      .map(([key, { label, size }]) => ({ key, label, size, collapsed: this.#collapsed.has(key) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }
}
