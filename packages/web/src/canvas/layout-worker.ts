/// <reference lib="webworker" />
import { type Layout, layOut, readLayout } from '@ridgeline/diagram';
import type { LayoutAnswer, LayoutOrder } from './layout-desk.ts';
import { unpackScene } from './packed-scene.ts';

// Layouts stay here from one picture to the next: only the new one travels.
const layouts = new Map<string, Layout>();

addEventListener('message', ({ data }: MessageEvent<LayoutOrder>) => {
  const { key, scene, options, remembered } = data;
  const started = performance.now();
  const previous = layouts.get(key) ?? (remembered === undefined ? undefined : readLayout(remembered));
  const layout = layOut(previous, unpackScene(scene), options);
  layouts.set(key, layout);
  const answer: LayoutAnswer = { layout, millis: performance.now() - started };
  postMessage(answer);
});
