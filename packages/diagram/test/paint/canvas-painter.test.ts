import {
  type Bitmap,
  type Camera,
  type CanvasContext,
  CanvasPainter,
  drawScene,
  LIGHT,
  layOut,
  sceneOf,
} from '@ridgeline/diagram';
import { describe, expect, it } from 'vitest';
import { summary } from '../pictures.ts';

/** A context that counts what it is asked for. */
class CountingContext implements CanvasContext {
  globalAlpha = 1;
  fillStyle: unknown = '';
  strokeStyle: unknown = '';
  lineWidth = 1;
  lineCap = '';
  lineJoin = '';
  lineDashOffset = 0;
  font = '';
  textAlign = '';
  textBaseline = '';
  readonly calls: string[] = [];
  /** The alphas that something was filled, stroked or copied with. */
  readonly alphas: number[] = [];
  #saved = 0;

  count(name: string): number {
    return this.calls.filter((call) => call === name).length;
  }

  save(): void {
    this.#saved++;
  }
  restore(): void {
    if (--this.#saved < 0) throw new Error('nothing was saved');
  }
  setTransform(): void {}
  beginPath(): void {
    this.#note('beginPath');
  }
  closePath(): void {}
  moveTo(): void {
    this.#note('moveTo');
  }
  lineTo(): void {}
  bezierCurveTo(): void {
    this.#note('bezierCurveTo');
  }
  rect(): void {}
  roundRect(): void {}
  fill(): void {
    this.#note('fill');
  }
  stroke(): void {
    this.#note('stroke');
  }
  clip(): void {}
  fillRect(): void {
    this.#note('fillRect');
  }
  setLineDash(): void {}
  fillText(): void {
    this.#note('fillText');
  }
  strokeText(): void {}
  measureText(text: string): { readonly width: number } {
    return { width: text.length * 7 };
  }
  drawImage(): void {
    this.#note('drawImage');
  }

  #note(call: string): void {
    this.calls.push(call);
    this.alphas.push(this.globalAlpha);
  }
}

const camera: Camera = { x: 0, y: 0, zoom: 1, width: 2000, height: 2000 };
const curve = { x0: 0, y0: 0, x1: 1, y1: 0, x2: 2, y2: 1, x3: 3, y3: 1 };

function easel(): { context: CountingContext; painter: CanvasPainter; bitmaps: CountingContext[] } {
  const context = new CountingContext();
  const bitmaps: CountingContext[] = [];
  const painter = new CanvasPainter(context, {
    path: (path) => ({ path }),
    bitmap: (): Bitmap => {
      const apart = new CountingContext();
      bitmaps.push(apart);
      return { context: apart, image: apart };
    },
  });
  return { context, painter, bitmaps };
}

function fleet(size: number): { scene: ReturnType<typeof sceneOf>; layout: ReturnType<typeof layOut> } {
  const nodes = Array.from({ length: size }, (_, i) =>
    summary(`pod-${i}`, { adjacency: i === 0 ? [] : ['pod-0'], rank: `r${i}`, label: `pod number ${i}` }),
  );
  const scene = sceneOf(nodes, { grouping: '' });
  return { scene, layout: layOut(undefined, scene, { mode: 'layered' }) };
}

describe('the canvas painter', () => {
  it('draws curves of one stroke together, a few dozen to a path, and the last of them when it is finished', () => {
    const { context, painter } = easel();
    painter.frame(camera, 1, '#ffffff');
    const stroke = { colour: '#000000', width: 1, alpha: 0.5 };
    for (let i = 0; i < 60; i++) painter.curve(curve, stroke);
    painter.curve(curve, { ...stroke, alpha: 1 });
    expect(context.count('stroke')).toBe(3);
    painter.finish();
    expect(context.count('bezierCurveTo')).toBe(61);
    expect(context.count('stroke')).toBe(4);
  });

  it('makes no bitmap twice for frames of one zoom', () => {
    const { context, painter, bitmaps } = easel();
    const { scene, layout } = fleet(40);
    const draw = (x: number): void => {
      painter.frame({ ...camera, x }, 1, LIGHT.ground);
      drawScene(painter, scene, layout, LIGHT, { camera: { ...camera, x } });
      expect(painter.finish()).toBe(true);
    };
    draw(0);
    const made = bitmaps.length;
    const copied = context.count('drawImage');
    expect(made).toBeGreaterThan(0);
    expect(copied).toBeGreaterThanOrEqual(scene.nodes.length);
    draw(5);
    expect(bitmaps).toHaveLength(made);
    expect(context.count('drawImage')).toBe(2 * copied);
  });

  it('stretches bitmaps while one zooms, says so, and is sharp after a few frames', () => {
    const { painter } = easel();
    const draw = (zoom: number): boolean => {
      painter.frame({ ...camera, zoom }, 1, LIGHT.ground);
      for (let i = 0; i < 150; i++)
        painter.stamp(`stamp ${i}`, 0, 0, 20, 1, (on) => on.dot(0, 0, 3, { colour: '#000000', alpha: 1 }));
      return painter.finish();
    };
    expect(draw(1)).toBe(true);
    expect([draw(1.1), draw(1.1), draw(1.1), draw(1.1)]).toEqual([false, false, true, true]);
  });

  it('draws without bitmaps, too, faint things faint', () => {
    const context = new CountingContext();
    const painter = new CanvasPainter(context, { path: (path) => ({ path }) });
    const { scene, layout } = fleet(3);
    painter.frame(camera, 1, LIGHT.ground);
    drawScene(painter, scene, layout, LIGHT, { camera, matches: new Set(['pod-0']) });
    painter.finish();
    expect(context.count('drawImage')).toBe(0);
    expect(context.count('fillText')).toBeGreaterThan(0);
    expect(context.alphas.some((alpha) => alpha > 0.1 && alpha < 0.2)).toBe(true);
  });
});
