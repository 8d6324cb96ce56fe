import { asNodeId, toDot, toMermaid } from '@ridgeline/core';
import { describe, expect, it } from 'vitest';
import { node, scene } from './snapshots.ts';

const { snapshot } = scene([
  node('h;1', { label: 'say "hi" \\ there', labelMinor: 'h (1)', adjacency: [asNodeId('h;2')] }),
  node('h;2', { label: 'line\nbreak <b>', shape: 'cloud', pseudo: true }),
]);

describe('picture files', () => {
  it('are Graphviz, with every text inside its quotes', () => {
    expect(toDot(snapshot)).toBe(
      [
        '// 2 of 2 shown',
        'digraph "processes" {',
        '  rankdir=LR;',
        '  node [fontname="sans-serif"];',
        '  "h;1" [label="say \\"hi\\" \\\\ there\\nh (1)", shape=box];',
        '  "h;2" [label="line break <b>", shape=egg, style=dashed];',
        '  "h;1" -> "h;2";',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('are Mermaid, with ids and texts that it can read', () => {
    expect(toMermaid(snapshot)).toBe(
      [
        '%% 2 of 2 shown',
        'flowchart LR',
        '  n0["say #34;hi#34; \\ there<br/>h (1)"]',
        '  n1("line break #60;b#62;")',
        '  n0 --> n1',
        '',
      ].join('\n'),
    );
  });
});
