import type { NodeSummary } from '@ridgeline/core/wire';
import { groupOf, type Membership } from './groupings.ts';
import { kinOf, stemOf } from './kin.ts';
import type { Level } from './metrics.ts';
import { glyphOf } from './role.ts';
import type { GlyphName, SceneNode } from './scene.ts';
import { shapeOf } from './shape.ts';
import { troubleOf } from './trouble.ts';

/** What of a drawn node depends on its summary alone. */
export type NodeLook = Omit<SceneNode, 'group' | 'count' | 'level' | 'levelText' | 'ghost'>;

interface Remembered {
  readonly look: NodeLook;
  grouping?: string;
  membership?: Membership | undefined;
  /** The last node that was drawn of it without a level. */
  drawn?: SceneNode;
}

/**
 * Looks of summaries, by identity: of a picture's nodes, those that a delta leaves alone are the same objects, and need
 * not be looked at again. Keep one as long as the picture is followed; it holds nothing alive.
 */
export class SceneMemo {
  readonly #remembered = new WeakMap<NodeSummary, Remembered>();
  /** By kin, for the present scene: replicas have one glyph. */
  #glyphs = new Map<string, GlyphName>();

  /** What of a node depends on its summary alone. */
  lookOf(node: NodeSummary): NodeLook {
    return this.#recall(node).look;
  }

  /** The node's group; see `groupOf`. */
  groupOf(node: NodeSummary, grouping: string): Membership | undefined {
    if (grouping === '') return undefined;
    const known = this.#recall(node);
    if (known.grouping !== grouping) {
      known.grouping = grouping;
      known.membership = groupOf(node, grouping);
    }
    return known.membership;
  }

  /** The node as it is drawn; the same object as long as nothing of it has changed. */
  draw(node: NodeSummary, group: string, level: Level | undefined): SceneNode {
    const known = this.#recall(node);
    if (level !== undefined) return { ...known.look, group, ...level };
    if (known.drawn?.group !== group) known.drawn = { ...known.look, group };
    return known.drawn;
  }

  #recall(node: NodeSummary): Remembered {
    const known = this.#remembered.get(node);
    if (known !== undefined) return known;
    const remembered = { look: this.#look(node) };
    this.#remembered.set(node, remembered);
    return remembered;
  }

  #look(node: NodeSummary): NodeLook {
    const stems = { label: stemOf(node.label), rank: stemOf(node.rank) };
    const kin = kinOf(node.topology, stems);
    return {
      id: node.id,
      label: node.label === '' ? node.id : node.label,
      labelMinor: node.labelMinor,
      ...shapeOf(node),
      glyph: this.#glyphOf(node, kin, stems),
      kin,
      pseudo: node.pseudo === true,
      stacked: node.stack === true,
      ...troubleOf(node.metadata),
    };
  }

  #glyphOf(
    node: NodeSummary,
    kin: string,
    stems: { readonly label: string; readonly rank: string },
  ): GlyphName {
    const key = `${kin};${node.shape};${node.pseudo === true}`;
    const known = this.#glyphs.get(key);
    if (known !== undefined) return known;
    // Names come and go for as long as a page is open.
    if (this.#glyphs.size > MOST_GLYPHS) this.#glyphs = new Map();
    const glyph = glyphOf(node, stems);
    this.#glyphs.set(key, glyph);
    return glyph;
  }
}

const MOST_GLYPHS = 20_000;
