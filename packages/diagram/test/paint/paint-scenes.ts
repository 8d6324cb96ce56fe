import { type Layout, layOut, type Scene, sceneOf } from '@ridgeline/diagram';
import * as fc from 'fast-check';
import { pictures } from '../pictures.ts';

/** A scene with its places. */
export interface Placed {
  readonly scene: Scene;
  readonly layout: Layout;
}

/** Scenes with their layouts, in layers and in boxes. */
export const placedScenes: fc.Arbitrary<Placed> = fc
  .tuple(pictures(), fc.constantFrom<'layered' | 'grouped'>('layered', 'grouped'))
  .map(([nodes, mode]) => {
    const scene = sceneOf(nodes, { grouping: 'field:kubernetes_namespace' });
    return { scene, layout: layOut(undefined, scene, { mode }) };
  });
