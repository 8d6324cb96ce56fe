import type { NodeSummary } from '@ridgeline/core/wire';
import { kinOf, stemOf } from './kin.ts';
import { glyphOf } from './role.ts';
import type { GlyphName, SceneNode } from './scene.ts';
import { shapeOf } from './shape.ts';
import { troubleOf } from './trouble.ts';

/** What of a drawn node depends on its summary alone. */
export type NodeLook = Omit<SceneNode, 'group' | 'count' | 'level' | 'levelText' | 'ghost'>;

/**
 * Looks of summaries, by identity: of a picture's nodes, those that a delta leaves alone are the same objects, and need
 * not be looked at again. Keep one as long as the picture is followed; it holds nothing alive.
 */
export class SceneMemo {
  readonly #looks = new WeakMap<NodeSummary, NodeLook>();
  /** By kin, for the present scene: replicas have one glyph. */
  #glyphs = new Map<string, GlyphName>();

  lookOf(node: NodeSummary): NodeLook {
    const known = this.#looks.get(node);
    if (known !== undefined) return known;
    const stems = { label: stemOf(node.label), rank: stemOf(node.rank) };
    const kin = kinOf(node.topology, stems);
    const look: NodeLook = {
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
    this.#looks.set(node, look);
    return look;
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
