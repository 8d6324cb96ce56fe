import type { Layout, Place, Scene } from '@ridgeline/diagram';

/** What is drawn at one moment. */
export interface Still {
  readonly scene: Scene;
  readonly layout: Layout;
  /** Nodes that come or go, 0..1. */
  readonly presence: ReadonlyMap<string, number>;
}

const DURATION_MILLIS = 320;

/** The way from one layout to the next: known nodes glide, new ones appear, gone ones fade. */
export class Motion {
  readonly #from: Still;
  readonly #layout: Layout;
  readonly #gone: Scene['nodes'];
  readonly #start: number;

  /**
   * @param from - what is to be seen now, which may itself be on its way
   * @param start - milliseconds of a clock that never runs backwards
   */
  constructor(from: Still, layout: Layout, start: number) {
    this.#from = from;
    this.#layout = layout;
    this.#gone = from.scene.nodes.filter(({ id }) => !layout.places.has(id) && from.layout.places.has(id));
    this.#start = start;
  }

  isOver(now: number): boolean {
    return now >= this.#start + DURATION_MILLIS;
  }

  /** @param scene - what is drawn, of the structure that was laid out */
  at(now: number, scene: Scene): Still {
    // Slow at the end: an eye that follows a node is not thrown off.
    const eased = 1 - (1 - Math.min(1, Math.max(0, (now - this.#start) / DURATION_MILLIS))) ** 3;
    const places = new Map<string, Place>();
    const presence = new Map<string, number>();
    for (const [id, to] of this.#layout.places) {
      const from = this.#from.layout.places.get(id);
      places.set(id, from === undefined ? to : between(from, to, eased));
      const before = from === undefined ? 0 : (this.#from.presence.get(id) ?? 1);
      if (before < 1) presence.set(id, before + (1 - before) * eased);
    }
    for (const { id } of this.#gone) {
      places.set(id, this.#from.layout.places.get(id) as Place);
      presence.set(id, (this.#from.presence.get(id) ?? 1) * (1 - eased));
    }
    // At the end, so that the edges' indexes hold.
    const nodes = this.#gone.length === 0 ? scene.nodes : [...scene.nodes, ...this.#gone];
    return { scene: { ...scene, nodes }, layout: { ...this.#layout, places }, presence };
  }
}

function between(from: Place, to: Place, share: number): Place {
  if (from.x === to.x && from.y === to.y) return to;
  return { ...to, x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
