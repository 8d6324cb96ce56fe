import type { SnapshotJson } from '../wire.ts';
import { describeLedger } from './ledger-words.ts';
import type { NodeSummary } from './summary.ts';

/** Opening and closing brackets of a node's shape. Source: https://mermaid.js.org/syntax/flowchart.html */
const BRACKETS: Readonly<Record<string, readonly [string, string]>> = {
  circle: ['(["', '"])'],
  square: ['["', '"]'],
  hexagon: ['{{"', '"}}'],
  cloud: ['("', '")'],
  diamond: ['{"', '"}'],
  cylinder: ['[("', '")]'],
};

/** A picture as a Mermaid flowchart, for pages of documentation. */
export function toMermaid(snapshot: SnapshotJson): string {
  // Mermaid's ids allow few characters, so nodes are numbered in the order of their ids.
  const numbers = new Map(snapshot.nodes.map((node, index) => [node.id, `n${index}`]));
  const lines = [`%% ${describeLedger(snapshot.ledger)}`.replace(/[\r\n]/g, ' '), 'flowchart LR'];
  for (const node of snapshot.nodes) lines.push(`  ${numbers.get(node.id)}${bracketed(node)}`);
  for (const node of snapshot.nodes) {
    for (const to of node.adjacency) lines.push(`  ${numbers.get(node.id)} --> ${numbers.get(to)}`);
  }
  return `${lines.join('\n')}\n`;
}

function bracketed({ label, labelMinor, shape }: NodeSummary): string {
  const [open, close] = BRACKETS[shape] ?? ['("', '")'];
  const text = labelMinor === '' ? quoted(label) : `${quoted(label)}<br/>${quoted(labelMinor)}`;
  return `${open}${text}${close}`;
}

/** Quoted text may hold anything but quotes and markup, which have numbered names. */
function quoted(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').replace(/["#<>&`]/g, (character) => `#${character.codePointAt(0)};`);
}
