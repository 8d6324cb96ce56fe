import { asNodeId, toDot, toMermaid } from '@ridgeline/core';
import { describe, expect, it } from 'vitest';
import type { Io } from '../src/io.ts';
import { printPicture } from '../src/session/print-picture.ts';
import { node, scene } from './snapshots.ts';

const drawn = scene([
  node('h;1', { label: 'say "hi" \\ there', labelMinor: 'h (1)', adjacency: [asNodeId('h;2')] }),
  node('h;2', { label: 'line\nbreak <b>', shape: 'cloud', pseudo: true }),
]);
const { snapshot } = drawn;

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

  it('are SVG, drawn as the page draws it', () => {
    // A file is the same wherever it goes to: nothing is asked of the output.
    const svg = printPicture({} as Io, drawn, 'svg');
    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*>\n<title id="title">processes<\/title>\n/,
    );
    expect(svg.match(/<g class="node" data-id="h;[12]">/g)).toHaveLength(2);
    expect(svg).toContain('<title>say &#34;hi&#34; \\ there (h (1))</title>');
    expect(svg).toContain('break &#60;b&#62;');
    expect(svg).not.toContain('<b>');
    expect(svg.endsWith('</svg>\n')).toBe(true);
  });
});
