import type { SnapshotJson } from '../wire.ts';
import { describeLedger } from './ledger-words.ts';
import type { NodeSummary } from './summary.ts';

/** Shapes of ours by Graphviz's names; the rest is `ellipse`. Source: https://graphviz.org/doc/info/shapes.html */
const SHAPES: Readonly<Record<string, string>> = {
  circle: 'ellipse',
  square: 'box',
  hexagon: 'hexagon',
  heptagon: 'septagon',
  octagon: 'octagon',
  pentagon: 'pentagon',
  cloud: 'egg',
  triangle: 'triangle',
  diamond: 'diamond',
  cylinder: 'cylinder',
};

/** A picture in Graphviz's language: `ridgeline view processes --format dot | dot -Tsvg`. */
export function toDot(snapshot: SnapshotJson): string {
  const lines = [
    `// ${describeLedger(snapshot.ledger)}`.replace(/[\r\n]/g, ' '),
    `digraph ${inQuotes(snapshot.view)} {`,
    '  rankdir=LR;',
    '  node [fontname="sans-serif"];',
  ];
  for (const node of snapshot.nodes) lines.push(`  ${inQuotes(node.id)} [${attributesOf(node)}];`);
  for (const node of snapshot.nodes) {
    for (const to of node.adjacency) lines.push(`  ${inQuotes(node.id)} -> ${inQuotes(to)};`);
  }
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

function attributesOf({ label, labelMinor, shape, pseudo }: NodeSummary): string {
  const text = labelMinor === '' ? quoted(label) : `${quoted(label)}\\n${quoted(labelMinor)}`;
  const attributes = [`label="${text}"`, `shape=${SHAPES[shape] ?? 'ellipse'}`];
  if (pseudo === true) attributes.push('style=dashed');
  return attributes.join(', ');
}

function inQuotes(text: string): string {
  return `"${quoted(text)}"`;
}

/** In a quoted string only the quote and, in labels, the backslash mean something; a line break would end the line. */
function quoted(text: string): string {
  return text
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\p{Cc}/gu, ' ');
}
