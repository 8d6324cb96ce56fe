import { asNodeId, type NodeSummary } from '@ridgeline/core';
import { describe, expect, it } from 'vitest';
import type { Scene } from '../src/format/picture.ts';
import { drawFrame, type FrameState } from '../src/terminal/frame.ts';
import { colourStyle, plainStyle } from '../src/terminal/style.ts';
import { styledWidth } from '../src/terminal/styled-width.ts';
import { ledger, node, scene } from './snapshots.ts';

const cpu = (value: number) => [{ id: 'cpu', label: 'CPU', value, min: 0, max: 100, format: 'percent' }];

const source = {
  name: 'procfs',
  host: 'web-1',
  state: 'degraded',
  message: 'sockets of 3 processes could not be attributed: run as root',
  facts: { processes: 214, sharePercent: 2.1 },
  since: 0,
  reports: 3,
  refused: 0,
} as const;

function frame(
  nodes: readonly NodeSummary[],
  over: Partial<FrameState> = {},
  more: Partial<Scene['snapshot']> = {},
): FrameState {
  return {
    scene: scene(nodes, { sources: [source], ...more }),
    title: 'Processes',
    offset: 0,
    showMap: true,
    keys: 'q quit',
    ...over,
  };
}

const some: readonly NodeSummary[] = [
  node('idle', { metrics: cpu(99) }),
  node('服务器进程', { metrics: cpu(5) }),
  node('curl', { metrics: cpu(50), adjacency: [asNodeId('服务器进程')] }),
];

describe('a frame', () => {
  it('has the title, the books, the sources, the map and the table, connected nodes first', () => {
    const lines = drawFrame(frame(some), { width: 90, height: 20 }, plainStyle);
    expect(lines[0]).toMatch(/^ Processes {3}3 nodes {2}0 edges {2}\d\d:\d\d:\d\d$/);
    expect(lines[1]).toBe('3 of 3 shown');
    expect(lines[2]).toBe(
      '● degraded procfs on web-1  sockets of 3 processes could not be attributed: run as root  …',
    );
    expect(lines[4]).toMatch(/^ ▪ curl⠠⠤+▸▪ 服务器进程$/);
    expect(lines.slice(6, 10)).toEqual(
      [
        'NAME          CPU  TALKS TO',
        '▪ curl        50%  服务器进程',
        '▪ 服务器进程 5.0%',
        '▪ idle        99%',
      ].map((line) => expect.stringMatching(new RegExp(`^${line.replace(/ +/g, ' +')}$`)) as string),
    );
    expect(lines.at(-1)).toBe('q quit');
    expect(lines).toHaveLength(20);
  });

  it('fits every size, with and without colour', () => {
    const many = Array.from({ length: 100 }, (_, i) =>
      node(`工作进程-${i}`, {
        metrics: cpu(i),
        labelMinor: `web-1 (${i})`,
        adjacency: [asNodeId(`工作进程-${(i * 7) % 100}`)],
      }),
    );
    for (const nodes of [[], some, many]) {
      for (const style of [plainStyle, colourStyle]) {
        for (const width of [12, 20, 40, 79, 200]) {
          for (const height of [8, 12, 24, 60]) {
            const lines = drawFrame(frame(nodes), { width, height }, style);
            expect(lines.length).toBeLessThanOrEqual(height);
            for (const line of lines) expect(styledWidth(line)).toBeLessThanOrEqual(width);
          }
        }
      }
    }
  });

  it('scrolls, and says where it is', () => {
    const many = Array.from({ length: 50 }, (_, i) => node(`p${String(i).padStart(2, '0')}`));
    const top = drawFrame(frame(many), { width: 80, height: 16 }, plainStyle);
    expect(top.some((line) => line === '▪ p00')).toBe(true);
    expect(top.at(-2)).toBe('1–9 of 50');
    const end = drawFrame(frame(many, { offset: 1000 }), { width: 80, height: 16 }, plainStyle);
    expect(end.at(-2)).toBe('42–50 of 50');
    expect(end.at(-3)).toBe('▪ p49');
  });

  it('says why there is nothing to see', () => {
    const text = (state: FrameState): string =>
      drawFrame(state, { width: 80, height: 12 }, plainStyle).join('\n');
    const silent = { ...source, reports: 0 };
    expect(text(frame([], {}, { sources: [silent] }))).toContain('waiting for the first report');
    expect(text(frame([]))).toContain('nothing was reported');
    const hidden = ledger({ total: 9, filtered: 9, orphaned: 9 });
    expect(text(frame([], {}, { ledger: hidden }))).toContain('nothing is left by the filters');
  });

  it('tells losses and an old picture apart from what is hidden', () => {
    const lost = [{ source: 'ebpf', host: 'web-1', what: 'events', count: 1204 }];
    const lines = drawFrame(
      frame(some, {}, { ledger: ledger({ lost }), stale: { since: 1, reason: 'view processes broke' } }),
      { width: 120, height: 20 },
      plainStyle,
    );
    expect(lines[0]).toContain('! stale: view processes broke');
    expect(lines[2]).toBe('! lost: 1,204 events (ebpf on web-1)');
  });

  it('lets no process speak to the terminal', () => {
    const evil = node('x', { label: '\x1b[2Jgone', adjacency: [asNodeId('y')] });
    const lines = drawFrame(frame([evil, node('y')]), { width: 80, height: 20 }, plainStyle);
    expect(lines.join('')).not.toContain('\x1b');
  });
});
