import { effect } from '@preact/signals';
import { giveHues, HitIndex, type HueBook, type Layout, type Look, type Target } from '@ridgeline/diagram';
import type { Point } from '../state/address.ts';
import type { PageState } from '../state/page-state.ts';
import { Easel } from './easel.ts';
import { Eye } from './eye.ts';
import { readGestures } from './gestures.ts';
import { actOn, isSameTarget, pinNode, select } from './on-target.ts';
import { PlacedPicture } from './placed-picture.ts';
import { describeScene, type SceneOnScreen } from './scene-on-screen.ts';
import { sceneSignal } from './scene-signal.ts';
import { rememberedHues, rememberedViewpoint, rememberHues, rememberViewpoint } from './view-memory.ts';

/** The dashes of what is lit run for so long after somebody pointed at it. */
const DASH_MILLIS = 6000;
/** With more nodes than this they stand still: each frame would draw them all. */
const MOST_TO_DASH = 1200;

/** The graph on its canvas, bound to the state: shows it, has it laid out, and reads what hands do with it. */
export class GraphView {
  readonly #state: PageState;
  readonly #easel: Easel;
  readonly #eye = new Eye();
  readonly #picture: PlacedPicture;
  readonly #reduced: MediaQueryList = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #ends: (() => void)[] = [];
  #hues: HueBook = rememberedHues();
  #hits: HitIndex | undefined;
  #generation = 0;
  #hadGhosts = false;
  #hover: Target | undefined;
  #litAt = 0;
  #drag: { readonly id: string; readonly at: Point } | undefined;
  #frame: number | undefined;

  constructor(stage: HTMLElement, canvas: HTMLCanvasElement, state: PageState) {
    this.#state = state;
    this.#easel = new Easel(canvas);
    this.#picture = new PlacedPicture({
      pins: () => state.pins.peek(),
      aspect: () => this.#eye.camera.width / Math.max(1, this.#eye.camera.height),
      mayGlide: () => !this.#reduced.matches,
      changed: (layout, isFirst) => this.#changed(layout, isFirst),
    });
    const remember = (): void => this.#remember();
    addEventListener('pagehide', remember);
    this.#ends.push(
      this.#watchSize(stage),
      readGestures(canvas, {
        grabs: (at) => this.#grab(at),
        hover: (at) => {
          const target = at === undefined ? undefined : this.#targetAt(at);
          canvas.style.cursor = target === undefined ? '' : 'pointer';
          this.light(target);
        },
        click: (at) => select(state, this.#picture.scene, this.#targetAt(at)),
        doubleClick: (at) => this.#act(this.#targetAt(at)),
        pan: (dx, dy) => this.#look(() => this.#eye.pan(dx, dy)),
        zoom: (factor, at) => this.#look(() => this.#eye.zoom(factor, at)),
        drag: (dx, dy, isDone) => this.#dragBy(dx, dy, isDone),
      }),
      () => removeEventListener('pagehide', remember),
      ...this.#bindState(),
    );
  }

  close(): void {
    this.#remember();
    for (const end of this.#ends) end();
    this.#picture.close();
    cancelAnimationFrame(this.#frame ?? 0);
    this.#frame = -1;
    this.#state.canvas.value = undefined;
  }

  /** Lights something, as if one pointed at it. */
  light(target: Target | undefined): void {
    if (isSameTarget(target, this.#hover)) return;
    this.#hover = target;
    this.#litAt = performance.now();
    this.#draw();
  }

  /** Brings a node into sight. */
  reveal(id: string): void {
    this.#lookAt(id, (place) => this.#eye.reveal(place, this.#glideStart()));
  }

  /** What is where now; `origin` is where the canvas begins. */
  describe(origin: Point): SceneOnScreen {
    return describeScene({
      view: this.#picture.view,
      still: this.#picture.still(performance.now()),
      camera: this.#eye.camera,
      origin,
      pins: this.#state.pins.peek(),
      isSettled: this.#picture.isSettled && !this.#eye.isGliding && this.#drag === undefined,
      frameMillis: this.#easel.frameMillis,
    });
  }

  #bindState(): readonly (() => void)[] {
    const state = this.#state;
    const scene$ = sceneSignal(state);
    return [
      effect(() => {
        const shown = scene$.value;
        if (shown === undefined) {
          if (this.#picture.view !== '') this.#leave('');
          return;
        }
        if (shown.view !== this.#picture.view) this.#leave(shown.view);
        this.#giveHues(shown.scene.groups);
        this.#picture.show(shown.view, shown.scene);
      }),
      effect(() => {
        void state.pins.value;
        this.#picture.again(false);
      }),
      effect(() => {
        const selection = state.selection.value;
        this.#litAt = performance.now();
        if (selection?.kind === 'node') this.reveal(selection.id);
        this.#draw();
      }),
      effect(() => {
        void state.matches.value;
        void state.isDark.value;
        this.#draw();
      }),
    ];
  }

  #leave(view: string): void {
    this.#remember();
    this.#hover = undefined;
    this.#drag = undefined;
    this.#picture.leave(view);
  }

  #giveHues(groups: Parameters<typeof giveHues>[1]): void {
    const hues = giveHues(this.#hues, groups);
    if (hues === this.#hues) return;
    this.#hues = hues;
    rememberHues(hues);
  }

  #changed(layout: Layout | undefined, isFirst: boolean): void {
    const { scene } = this.#picture;
    this.#hits = undefined;
    if (layout !== undefined) {
      const hasGhosts = scene?.nodes.at(-1)?.ghost === true;
      const isAfresh =
        layout.generation !== this.#generation ||
        this.#eye.isOutgrownBy(layout.bounds) ||
        // Ghosts come below all others: whoever asked for them wants to see them.
        (hasGhosts && !this.#hadGhosts);
      this.#generation = layout.generation;
      this.#hadGhosts = hasGhosts;
      if (isFirst) this.#lookFirst(layout);
      else if (isAfresh && !this.#eye.isTouched) this.#eye.fit(layout.bounds, this.#glideStart());
    }
    this.#state.canvas.value =
      scene === undefined || layout === undefined
        ? undefined
        : {
            scene,
            layout,
            hues: this.#hues,
            fit: () => this.#look(() => this.#eye.fit(layout.bounds, this.#glideStart())),
            tidy: () => {
              this.#eye.isTouched = false;
              this.#picture.again(true);
            },
            zoom: (factor) => this.#look(() => this.#eye.zoom(factor)),
            pan: (dx, dy) => this.#look(() => this.#eye.pan(dx, dy)),
            focus: (id) => this.#lookAt(id, (place) => this.#eye.focus(place, this.#glideStart())),
          };
    this.#draw();
  }

  #lookFirst(layout: Layout): void {
    const viewpoint = rememberedViewpoint(this.#picture.view);
    if (viewpoint === undefined) this.#eye.fit(layout.bounds);
    else this.#eye.stand(viewpoint);
    const selection = this.#state.selection.peek();
    if (selection?.kind === 'node') this.reveal(selection.id);
  }

  #act(target: Target | undefined): void {
    const wish = actOn(this.#state, target);
    const canvas = this.#state.canvas.peek();
    if (wish === 'fit') canvas?.fit();
    else if (wish !== undefined) canvas?.focus(wish.focus);
  }

  #targetAt(at: Point): Target | undefined {
    const { scene, layout } = this.#picture;
    if (scene === undefined || layout === undefined) return undefined;
    this.#hits ??= new HitIndex(scene, layout);
    return this.#hits.at(this.#lookNow(), at);
  }

  #grab(at: Point): boolean {
    const target = this.#targetAt(at);
    const place = target?.kind === 'node' ? this.#picture.layout?.places.get(target.id) : undefined;
    if (target?.kind !== 'node' || place === undefined) return false;
    this.#drag = { id: target.id, at: place };
    return true;
  }

  #dragBy(dx: number, dy: number, isDone: boolean): void {
    const drag = this.#drag;
    if (drag === undefined) return;
    const { zoom } = this.#eye.camera;
    const at = { x: drag.at.x + dx / zoom, y: drag.at.y + dy / zoom };
    this.#drag = isDone ? undefined : { id: drag.id, at };
    this.#picture.hold(drag.id, at);
    if (isDone) pinNode(this.#state, drag.id, at);
  }

  #watchSize(stage: HTMLElement): () => void {
    let windowSize = '';
    const observer = new ResizeObserver(() => {
      const { width, height } = stage.getBoundingClientRect();
      if (width === 0 || height === 0) return;
      this.#easel.resize(width, height);
      this.#eye.resize(width, height);
      const now = `${innerWidth}x${innerHeight}`;
      const { layout } = this.#picture;
      // Another window is another screen to fill; a panel that opens only takes its part of this one.
      if (now !== windowSize && !this.#eye.isTouched && layout !== undefined) this.#eye.fit(layout.bounds);
      windowSize = now;
      const selection = this.#state.selection.peek();
      if (selection?.kind === 'node') this.reveal(selection.id);
      // At once: an empty canvas would flash.
      this.#paint(performance.now());
    });
    observer.observe(stage);
    return () => observer.disconnect();
  }

  /** Changes from where the picture is looked at. */
  #look(change: () => void): void {
    change();
    this.#draw();
  }

  #lookAt(id: string, look: (place: Point) => void): void {
    const place = this.#picture.layout?.places.get(id);
    if (place !== undefined) this.#look(() => look(place));
  }

  #glideStart(): number | undefined {
    return this.#reduced.matches ? undefined : performance.now();
  }

  #remember(): void {
    if (this.#picture.view === '') return;
    this.#picture.remember();
    // What was only fitted is fitted again.
    rememberViewpoint(this.#picture.view, this.#eye.isTouched ? this.#eye.camera : undefined);
  }

  #draw(): void {
    this.#frame ??= requestAnimationFrame((now) => {
      this.#frame = undefined;
      this.#paint(now);
    });
  }

  #lookNow(): Look {
    const { selection, matches, pins } = this.#state;
    return {
      camera: this.#eye.camera,
      selection: selection.peek(),
      hover: this.#hover,
      matches: matches.peek(),
      hues: this.#hues,
      pins: pins.peek(),
    };
  }

  #paint(now: number): void {
    const state = this.#state;
    this.#eye.step(now);
    const still = this.#picture.still(now);
    const runs =
      (this.#hover ?? state.selection.peek()) !== undefined &&
      !this.#reduced.matches &&
      now - this.#litAt < DASH_MILLIS &&
      (still?.scene.nodes.length ?? 0) <= MOST_TO_DASH;
    const look = this.#lookNow();
    const isSharp = this.#easel.draw(still, state.isDark.peek(), runs ? { ...look, now } : look);
    if (this.#picture.isMoving || this.#eye.isGliding || runs || !isSharp) this.#draw();
  }
}
