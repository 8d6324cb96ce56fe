import type { Layout, Scene } from '@ridgeline/diagram';
import type { Point } from '../state/address.ts';
import { LayoutDesk } from './layout-desk.ts';
import { Motion, type Still } from './motion.ts';
import { isSameStructure } from './structure.ts';
import { rememberedLayout, rememberLayout } from './view-memory.ts';

/** With more nodes than this nothing glides: each frame would draw them all. */
const MOST_TO_GLIDE = 1200;

/** What a picture takes from its surroundings. */
export interface PictureSurroundings {
  pins(): ReadonlyMap<string, Point>;
  /** Width ÷ height of the screen. */
  aspect(): number;
  /** Whether motion is wanted. */
  mayGlide(): boolean;
  /** Something is to be drawn anew; `isFirst`: a view has got its first places. */
  changed(layout: Layout | undefined, isFirst: boolean): void;
}

/** A scene with its places: what is new is laid out first, and then drawn, so that edges never hang in the air. */
export class PlacedPicture {
  readonly #around: PictureSurroundings;
  readonly #desk: LayoutDesk;
  #view = '';
  /** The last one that was asked to be laid out. */
  #asked: Scene | undefined;
  #scene: Scene | undefined;
  #layout: Layout | undefined;
  #motion: Motion | undefined;
  #held: { readonly id: string; readonly at: Point } | undefined;
  #isRemembered = true;

  constructor(around: PictureSurroundings) {
    this.#around = around;
    this.#desk = new LayoutDesk(({ key, scene }, { layout }) => this.#take(key, scene, layout));
  }

  get view(): string {
    return this.#view;
  }

  /** What is drawn, with {@link layout}; `undefined` before the first places. */
  get scene(): Scene | undefined {
    return this.#layout === undefined ? undefined : this.#scene;
  }

  get layout(): Layout | undefined {
    return this.#layout;
  }

  get isMoving(): boolean {
    return this.#motion !== undefined;
  }

  get isSettled(): boolean {
    return !this.#desk.isBusy && this.#motion === undefined;
  }

  show(view: string, scene: Scene): void {
    if (view !== this.#view) this.leave(view);
    if (this.#asked === undefined || !isSameStructure(this.#asked, scene)) {
      this.#ask(scene, false);
      return;
    }
    this.#asked = scene;
    // The places are those of the scene before, unless that one is still being laid out.
    if (this.#scene !== undefined && isSameStructure(this.#scene, scene)) {
      this.#scene = scene;
      this.#around.changed(this.#layout, false);
    }
  }

  /** Forgets what is shown; another view has places of its own. */
  leave(view: string): void {
    this.remember();
    this.#view = view;
    this.#asked = undefined;
    this.#scene = undefined;
    this.#layout = undefined;
    this.#motion = undefined;
    this.#held = undefined;
    this.#around.changed(undefined, false);
  }

  /** Lays out again what is shown: the pins are others, or (`isFresh`) all other places are to be forgotten. */
  again(isFresh: boolean): void {
    if (this.#asked !== undefined) this.#ask(this.#asked, isFresh);
  }

  /** A node is in somebody's hand: it is where the hand is, until the next places come. */
  hold(id: string, at: Point): void {
    this.#held = { id, at };
    this.#around.changed(this.#layout, false);
  }

  /** What is to be seen at a moment. */
  still(now: number): Still | undefined {
    const scene = this.#scene;
    const layout = this.#layout;
    if (scene === undefined || layout === undefined) return undefined;
    if (this.#motion?.isOver(now) === true) this.#motion = undefined;
    const still = this.#motion?.at(now, scene) ?? { scene, layout, presence: NOBODY };
    const held = this.#held;
    const place = held === undefined ? undefined : layout.places.get(held.id);
    if (held === undefined || place === undefined) return still;
    const places = new Map(still.layout.places).set(held.id, { ...place, ...held.at });
    return { ...still, layout: { ...still.layout, places } };
  }

  /** Keeps the places for after a reload. */
  remember(): void {
    if (this.#isRemembered || this.#layout === undefined || this.#view === '') return;
    this.#isRemembered = true;
    rememberLayout(this.#view, this.#layout);
  }

  close(): void {
    this.remember();
    this.#desk.close();
  }

  #ask(scene: Scene, isFresh: boolean): void {
    this.#asked = scene;
    const remembered = this.#layout === undefined ? rememberedLayout(this.#view) : undefined;
    this.#desk.ask({
      key: this.#view,
      scene,
      options: { pins: this.#around.pins(), aspect: this.#around.aspect(), fresh: isFresh },
      ...(remembered === undefined ? {} : { remembered }),
    });
  }

  #take(view: string, scene: Scene, layout: Layout): void {
    if (view !== this.#view) return;
    const now = performance.now();
    const before = this.still(now);
    const isFirst = this.#layout === undefined;
    const mayGlide = this.#around.mayGlide() && layout.places.size <= MOST_TO_GLIDE;
    this.#held = undefined;
    this.#layout = layout;
    this.#isRemembered = false;
    this.#motion = before !== undefined && mayGlide ? new Motion(before, layout, now) : undefined;
    // News that came meanwhile, of the same structure, need not wait for places of their own.
    this.#scene = this.#asked !== undefined && isSameStructure(this.#asked, scene) ? this.#asked : scene;
    this.#around.changed(layout, isFirst);
  }
}

const NOBODY: ReadonlyMap<string, number> = new Map();
