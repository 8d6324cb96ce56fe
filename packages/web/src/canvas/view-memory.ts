import { type HueBook, type Layout, noHues, readHues, writeHues, writeLayout } from '@ridgeline/diagram';
import { tabMemory } from '../state/tab-memory.ts';

/** From where a picture is looked at, whatever the size of the window. */
export interface Viewpoint {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** The places of a view from before a reload, as text. */
export function rememberedLayout(view: string): string | undefined {
  return tabMemory.read(`layout.${view}`);
}

export function rememberLayout(view: string, layout: Layout): void {
  tabMemory.write(`layout.${view}`, writeLayout(layout));
}

export function rememberedHues(): HueBook {
  const text = tabMemory.read('hues');
  return text === undefined ? noHues : readHues(text);
}

export function rememberHues(hues: HueBook): void {
  tabMemory.write('hues', writeHues(hues));
}

/** From where a view was looked at; `undefined`: all of it, as it was fitted. */
export function rememberedViewpoint(view: string): Viewpoint | undefined {
  const [x, y, zoom] = (tabMemory.read(`camera.${view}`) ?? '').split(' ').map(Number);
  if (x === undefined || y === undefined || zoom === undefined) return undefined;
  return [x, y, zoom].every(Number.isFinite) && zoom > 0 ? { x, y, zoom } : undefined;
}

export function rememberViewpoint(view: string, from: Viewpoint | undefined): void {
  tabMemory.write(`camera.${view}`, from === undefined ? undefined : `${from.x} ${from.y} ${from.zoom}`);
}
