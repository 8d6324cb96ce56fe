import { toDot, toMermaid } from '@ridgeline/core';
import type { SnapshotJson } from '@ridgeline/core/wire';
import { drawSvg, layOut, sceneOf } from '@ridgeline/diagram';
import { ledgerLines } from '../format/ledger-words.ts';
import { nodeTable } from '../format/node-table.ts';
import { byInterest, type Scene } from '../format/picture.ts';
import { sourceLines } from '../format/source-lines.ts';
import { type Io, styleOf, widthOf } from '../io.ts';
import { drawMap } from '../map/draw-map.ts';
import { truncateStyled } from '../terminal/styled-width.ts';
import type { Format } from './flags.ts';

/** Maps with more connected nodes than this are lists. */
const MAP_NODES = 60;
const MAP_ROWS = 40;

/** A picture in a format, as text with its last line's end. */
export function printPicture(io: Io, scene: Scene, format: Exclude<Format, 'ndjson'>): string {
  switch (format) {
    case 'json':
      return printJson(scene.snapshot);
    case 'dot':
      return toDot(scene.snapshot);
    case 'mermaid':
      return toMermaid(scene.snapshot);
    case 'svg':
      return printSvg(scene.snapshot);
    case 'table':
      return `${printTable(io, scene).join('\n')}\n`;
  }
}

/** The published JSON of a view (schema: `@ridgeline/core/schema/snapshot.schema.json`). */
function printJson(snapshot: SnapshotJson): string {
  return `${JSON.stringify(snapshot, undefined, 2)}\n`;
}

/** The picture as the page draws it. */
function printSvg({ view, nodes }: SnapshotJson): string {
  const scene = sceneOf(nodes);
  return drawSvg(scene, layOut(undefined, scene), { title: view });
}

/** The map on a terminal, the table, the books below it, and the sources that have something to say. */
function printTable(io: Io, scene: Scene): readonly string[] {
  const style = styleOf(io.out, io.env);
  const width = widthOf(io.out);
  const { snapshot } = scene;
  const lines: string[] = [];
  if (io.out.isTTY === true) {
    const map = drawMap(snapshot.nodes, { width, height: MAP_ROWS, mostNodes: MAP_NODES }, style);
    if (map.length > 0) lines.push('', ...map, '');
  }
  if (snapshot.nodes.length > 0) {
    lines.push(...nodeTable(byInterest(snapshot.nodes), scene, { width, style }), '');
  }
  const { total, shown, orphaned } = snapshot.ledger;
  if (shown === 0 && orphaned === total && total > 0) {
    lines.push(style('muted', 'nothing here is connected; to see it all the same: --orphans keep'), '');
  }
  lines.push(...ledgerLines(snapshot.ledger, style));
  const troubled = snapshot.sources.filter(({ state }) => state !== 'running' && state !== 'stopped');
  lines.push(...sourceLines(troubled, style));
  return width === Number.POSITIVE_INFINITY ? lines : lines.map((line) => truncateStyled(line, width));
}
