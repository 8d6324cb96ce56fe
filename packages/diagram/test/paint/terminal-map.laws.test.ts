import { drawTerminalMap, sceneOf } from '@ridgeline/diagram';
import { law } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { it } from 'vitest';
import { pictures } from '../pictures.ts';

const room = {
  style: (_: string, text: string): string => text,
  widthOf: (text: string): number => Array.from(text).length,
  cut: (text: string, columns: number): string =>
    text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`,
  roleOf: (): string => 'node',
};

law(
  { test: it },
  'V28',
  'a map in a terminal names each connected node once, and keeps within its room; else there is none',
  [pictures(14), fc.integer({ min: 10, max: 160 }), fc.integer({ min: 1, max: 40 })],
  (nodes, columns, rows) => {
    const scene = sceneOf(nodes, { grouping: '' });
    const lines = drawTerminalMap(scene, { ...room, columns, rows });
    if (lines.length === 0) return true;
    const connected = new Set(scene.edges.flatMap(({ from, to }) => [from, to]));
    // A name is at least as long as its sign and three letters, with `…` where it is cut.
    const names = lines.join('\n').match(/[▪◌☁!] /gu) ?? [];
    return (
      names.length === connected.size &&
      lines.length <= rows &&
      lines.every((line) => Array.from(line).length <= columns)
    );
  },
);
