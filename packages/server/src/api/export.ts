import type { ExportQuery } from '@ridgeline/client/schema';
import { toDot, toMermaid } from '@ridgeline/core';
import type { Outlook } from '../outlook.ts';
import { answerSnapshot } from './answers.ts';

/** A picture for other programs, and its media type. */
export function answerExport(
  outlook: Outlook,
  view: string,
  { format = 'json', ...query }: ExportQuery,
): { readonly text: string; readonly type: string } {
  const snapshot = answerSnapshot(outlook, view, query);
  switch (format) {
    case 'json':
      return { text: JSON.stringify(snapshot), type: 'application/json; charset=utf-8' };
    case 'dot':
      return { text: toDot(snapshot), type: 'text/vnd.graphviz; charset=utf-8' };
    case 'mermaid':
      return { text: toMermaid(snapshot), type: 'text/vnd.mermaid; charset=utf-8' };
  }
}
