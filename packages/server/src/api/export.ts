import type { ExportQuery } from '@ridgeline/client/schema';
import { toDot, toMermaid } from '@ridgeline/core';
import { DARK, drawSvg, LIGHT, layOut, sceneOf } from '@ridgeline/diagram';
import type { Outlook } from '../outlook.ts';
import { answerSnapshot } from './answers.ts';

/** A picture for other programs, and its media type. */
export function answerExport(
  outlook: Outlook,
  view: string,
  { format = 'json', theme, metric, grouping, ...query }: ExportQuery,
): { readonly text: string; readonly type: string } {
  const snapshot = answerSnapshot(outlook, view, query);
  switch (format) {
    case 'json':
      return { text: JSON.stringify(snapshot), type: 'application/json; charset=utf-8' };
    case 'dot':
      return { text: toDot(snapshot), type: 'text/vnd.graphviz; charset=utf-8' };
    case 'mermaid':
      return { text: toMermaid(snapshot), type: 'text/vnd.mermaid; charset=utf-8' };
    case 'svg': {
      const scene = sceneOf(snapshot.nodes, {
        ...(metric === undefined ? {} : { metric }),
        ...(grouping === undefined ? {} : { grouping }),
      });
      const title = outlook.engine.registry.view(view)?.label ?? view;
      const choice = { theme: theme === 'dark' ? DARK : LIGHT, title };
      return { text: drawSvg(scene, layOut(undefined, scene), choice), type: 'image/svg+xml; charset=utf-8' };
    }
  }
}
