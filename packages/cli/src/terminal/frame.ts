import { describeLedger } from '@ridgeline/core';
import { nodeTable } from '../format/node-table.ts';
import type { Scene } from '../format/picture.ts';
import { byInterest } from '../format/picture.ts';
import { sourceLines } from '../format/source-lines.ts';
import { drawMap } from '../map/draw-map.ts';
import { printable } from './display-width.ts';
import { describeCount, describeTime } from './quantities.ts';
import type { Style } from './style.ts';
import { truncateStyled } from './styled-width.ts';

/** What a frame shows. */
export interface FrameState {
  readonly scene: Scene;
  /** `Processes`, `Processes › by name`. */
  readonly title: string;
  /** Where the page is, if it is served. */
  readonly url?: string;
  /** Rows of the table that are scrolled away. */
  readonly offset: number;
  readonly showMap: boolean;
  /** What the keys do; empty where there are none. */
  readonly keys: string;
}

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** Maps with more connected nodes than this are lists. */
const MAP_NODES = 60;

/** Draws everything: title, books, sources, map, table; exactly `height` lines or less, none wider than `width`. */
export function drawFrame(state: FrameState, size: FrameSize, style: Style): readonly string[] {
  const { width, height } = size;
  const { snapshot } = state.scene;
  const head = [titleLine(state, style), ledgerLine(state, style), ...lossLines(state, style)];
  const sources = sourceLines(snapshot.sources, style);
  const foot = state.keys === '' ? [] : [style('muted', state.keys)];
  const map = state.showMap
    ? mapLines(state, size, height - head.length - sources.length - foot.length, style)
    : [];
  const above = [...head, ...sources, ''];
  if (map.length > 0) above.push(...map, '');
  const room = height - above.length - foot.length;
  const lines = [...above, ...tableLines(state, width, room, style)];
  while (lines.length < height - foot.length) lines.push('');
  return [...lines.slice(0, height - foot.length), ...foot].map((line) => truncateStyled(line, width));
}

function titleLine({ title, url, scene: { snapshot } }: FrameState, style: Style): string {
  const edges = snapshot.ledger.edges.shown;
  const counts = `${describeCount(snapshot.nodes.length)} nodes  ${describeCount(edges)} edges`;
  const at = snapshot.at === 0 ? '' : `  ${style('muted', describeTime(snapshot.at))}`;
  const stale =
    snapshot.stale === undefined
      ? ''
      : `  ${style('trouble', `! stale: ${printable(snapshot.stale.reason)}`)}`;
  const page = url === undefined ? '' : `  ${style('muted', url)}`;
  return `${style('title', ` ${printable(title)} `)}  ${counts}${at}${stale}${page}`;
}

function ledgerLine({ scene: { snapshot } }: FrameState, style: Style): string {
  return style(snapshot.ledger.filtered === 0 ? 'muted' : 'hidden', describeLedger(snapshot.ledger));
}

/** Hidden is not lost: what sources missed has lines of its own. */
function lossLines({ scene: { snapshot } }: FrameState, style: Style): readonly string[] {
  return snapshot.ledger.lost.map(({ source, host, what, count }) =>
    style('warning', `! lost: ${describeCount(count)} ${what} (${source} on ${host})`),
  );
}

/** The map, where it has room beside at least a few rows of the table. */
function mapLines(state: FrameState, { width }: FrameSize, room: number, style: Style): readonly string[] {
  const most = Math.floor(room * 0.6);
  return drawMap(state.scene.snapshot.nodes, { width, height: most, mostNodes: MAP_NODES }, style);
}

function tableLines(state: FrameState, width: number, room: number, style: Style): readonly string[] {
  const { snapshot } = state.scene;
  if (snapshot.nodes.length === 0) return [style('muted', nothingToShow(state))];
  const ordered = byInterest(snapshot.nodes);
  const fits = Math.max(1, room - 1);
  const all = ordered.length <= fits;
  const rows = all ? fits : Math.max(1, fits - 1);
  const offset = Math.max(0, Math.min(state.offset, ordered.length - rows));
  const shown = ordered.slice(offset, offset + rows);
  const lines = [...nodeTable(shown, state.scene, { width, style })];
  if (!all) {
    lines.push(style('muted', `${offset + 1}–${offset + shown.length} of ${describeCount(ordered.length)}`));
  }
  return lines;
}

function nothingToShow({ scene: { snapshot } }: FrameState): string {
  if (snapshot.sources.every((source) => source.reports === 0)) return 'waiting for the first report …';
  if (snapshot.ledger.total > 0) return 'nothing is left by the filters: see the line of figures above';
  return 'nothing was reported for this view';
}
