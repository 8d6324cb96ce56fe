import type { Point } from '../state/address.ts';

/** What hands do with a picture; points are CSS pixels from the canvas' corner. */
export interface GestureListener {
  /** Whether there is something at a point that can be dragged. */
  grabs(at: Point): boolean;
  hover(at: Point | undefined): void;
  click(at: Point): void;
  doubleClick(at: Point): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, at: Point): void;
  /** What was grabbed moves by so much; `isDone` at the end, also when it was given up. */
  drag(dx: number, dy: number, isDone: boolean): void;
}

/** A hand that moves less than this means a click. */
const STEADY_PIXELS = 4;
const WHEEL_PER_PIXEL = 0.0015;
/** Wheels that tell lines or pages, in pixels. */
const WHEEL_UNITS: readonly number[] = [1, 16, 400];

/**
 * Reads mouse, pen and fingers: one moves, two pinch, a wheel zooms, a trackpad's pinch (a wheel with Ctrl) too.
 *
 * @returns what ends it
 */
export function readGestures(surface: HTMLElement, listener: GestureListener): () => void {
  const ends = new AbortController();
  const pointers = new Map<number, Point>();
  let mode: 'none' | 'press' | 'pan' | 'drag' | 'pinch' = 'none';
  let began: Point = { x: 0, y: 0 };

  const on = <K extends keyof HTMLElementEventMap>(
    type: K,
    read: (event: HTMLElementEventMap[K]) => void,
    options: AddEventListenerOptions = {},
  ): void => surface.addEventListener(type, read, { ...options, signal: ends.signal });
  const pointOf = (event: MouseEvent): Point => {
    const { left, top } = surface.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  on('pointerdown', (event) => {
    if (event.button !== 0) return;
    surface.setPointerCapture(event.pointerId);
    const at = pointOf(event);
    if (mode === 'drag') listener.drag(0, 0, true);
    pointers.set(event.pointerId, at);
    began = at;
    mode = pointers.size > 1 ? 'pinch' : 'press';
  });
  on('pointermove', (event) => {
    const at = pointOf(event);
    const before = pointers.get(event.pointerId);
    if (before === undefined) {
      listener.hover(at);
      return;
    }
    if (mode === 'press' && Math.hypot(at.x - began.x, at.y - began.y) > STEADY_PIXELS) {
      mode = listener.grabs(began) ? 'drag' : 'pan';
      listener.hover(undefined);
      pointers.set(event.pointerId, began);
    }
    const from = pointers.get(event.pointerId) ?? before;
    if (mode === 'press') return;
    if (mode === 'pinch') pinch(event.pointerId, from, at);
    else if (mode === 'pan') listener.pan(at.x - from.x, at.y - from.y);
    else if (mode === 'drag') listener.drag(at.x - from.x, at.y - from.y, false);
    pointers.set(event.pointerId, at);
  });
  const pinch = (id: number, from: Point, to: Point): void => {
    const other = [...pointers].find(([key]) => key !== id)?.[1];
    if (other === undefined) return;
    const before = Math.hypot(from.x - other.x, from.y - other.y);
    const now = Math.hypot(to.x - other.x, to.y - other.y);
    listener.pan((to.x - from.x) / 2, (to.y - from.y) / 2);
    if (before > 0) listener.zoom(now / before, { x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 });
  };
  const lift = (event: PointerEvent): void => {
    if (!pointers.delete(event.pointerId)) return;
    if (mode === 'drag') listener.drag(0, 0, true);
    if (mode === 'press' && event.type === 'pointerup') listener.click(pointOf(event));
    // The finger that stays goes on moving the picture.
    mode = pointers.size > 0 ? 'pan' : 'none';
  };
  on('pointerup', lift);
  on('pointercancel', lift);
  on('pointerleave', () => {
    if (pointers.size === 0) listener.hover(undefined);
  });
  on('dblclick', (event) => listener.doubleClick(pointOf(event)));
  on(
    'wheel',
    (event) => {
      event.preventDefault();
      const delta = event.deltaY * (WHEEL_UNITS[event.deltaMode] ?? 1);
      // A trackpad's pinch comes in small steps.
      listener.zoom(Math.exp(-delta * WHEEL_PER_PIXEL * (event.ctrlKey ? 6 : 1)), pointOf(event));
    },
    { passive: false },
  );
  return () => ends.abort();
}
