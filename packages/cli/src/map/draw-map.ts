import type { NodeSummary } from '@ridgeline/core';
import { drawTerminalMap, sceneOf } from '@ridgeline/diagram';
import { displayWidth, printable, truncate } from '../terminal/display-width.ts';
import { hueOf, type Role, type Style } from '../terminal/style.ts';
import { foldReplicas } from './fold-replicas.ts';

/** The room for a map. */
export interface MapRoom {
  readonly width: number;
  readonly height: number;
  /** More connected nodes than this are not drawn: a list says more. */
  readonly mostNodes: number;
}

/**
 * The connected nodes as a map, clients to the left of servers; no lines where there is no room for it.
 *
 * @example
 * ▪ curl ⠤⠤⠤⠒⠒▸▪ nginx ⠤⠤⠤▸▪ postgres
 */
export function drawMap(nodes: readonly NodeSummary[], room: MapRoom, style: Style): readonly string[] {
  const places = foldReplicas(nodes);
  if (places.length === 0 || places.length > room.mostNodes || room.height < 2) return [];
  const scene = sceneOf(places, { grouping: '' });
  const ranks = new Map(places.map(({ id, rank }) => [id as string, rank]));
  const roles = new Map<string, Role>([
    ['edge', 'muted'],
    ['warning', 'warning'],
    ['trouble', 'trouble'],
  ]);
  const roleOf = ({ id, pseudo }: { readonly id: string; readonly pseudo: boolean }): string => {
    if (pseudo) return 'edge';
    const rank = ranks.get(id) ?? '';
    const name = `rank ${rank}`;
    if (!roles.has(name)) roles.set(name, hueOf(rank));
    return name;
  };
  return drawTerminalMap(scene, {
    columns: room.width,
    rows: room.height,
    style: (role, text) => style(roles.get(role) ?? 'strong', text),
    widthOf: displayWidth,
    cut: (text, columns) => truncate(printable(text), columns),
    roleOf,
  });
}
