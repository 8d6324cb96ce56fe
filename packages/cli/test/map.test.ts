import { asNodeId, type NodeSummary } from '@ridgeline/core';
import { describe, expect, it } from 'vitest';
import { drawMap } from '../src/map/draw-map.ts';
import { displayWidth } from '../src/terminal/display-width.ts';
import { plainStyle } from '../src/terminal/style.ts';
import { node } from './snapshots.ts';

function draw(
  edges: Readonly<Record<string, readonly string[]>>,
  width = 60,
  height = 20,
): readonly string[] {
  const ids = [...new Set(Object.entries(edges).flatMap(([from, to]) => [from, ...to]))];
  const nodes: readonly NodeSummary[] = ids.map((id) =>
    node(id, { adjacency: (edges[id] ?? []).map(asNodeId) }),
  );
  return drawMap(nodes, { width, height, mostNodes: 60 }, plainStyle);
}

describe('the map', () => {
  it('draws clients to the left of servers, with a line between', () => {
    expect(draw({ curl: ['nginx'] }, 40)).toEqual([' ▪ curl⠠⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤▸▪ nginx']);
  });

  it('keeps within its room, whatever the labels', () => {
    const lines = draw(
      { 数据库客户端程序: ['b', 'c'], b: ['一个非常长的服务名称没有尽头'], c: ['b'] },
      44,
      9,
    );
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(44);
  });

  it('draws replicas as one', () => {
    const replica = (id: string): NodeSummary => node(id, { label: 'worker', adjacency: [asNodeId('db')] });
    const lines = drawMap(
      [replica('w1'), replica('w2'), replica('w3'), node('db')],
      { width: 60, height: 10, mostNodes: 60 },
      plainStyle,
    );
    expect(lines.join('\n')).toContain('worker ×3');
  });

  it('marks what is in trouble, and what nobody reports', () => {
    const nodes = [
      node('web', { adjacency: [asNodeId('db'), asNodeId('net')] }),
      node('db', { metadata: [{ id: 'kubernetes_state', label: 'State', value: 'CrashLoopBackOff' }] }),
      node('net', { label: 'The Internet', shape: 'cloud', pseudo: true }),
    ];
    const map = drawMap(nodes, { width: 60, height: 10, mostNodes: 60 }, plainStyle).join('\n');
    expect(map).toContain('▪ web');
    expect(map).toContain('! db');
    expect(map).toContain('☁ The Internet');
  });

  it('speaks to the terminal in nothing but roles', () => {
    const nodes = [node('a', { label: '\x1b[2Ja', adjacency: [asNodeId('b')] }), node('b')];
    const roles: string[] = [];
    const map = drawMap(nodes, { width: 60, height: 10, mostNodes: 60 }, (role, text) => {
      roles.push(typeof role === 'string' ? role : 'hue');
      return text;
    });
    expect(map.join('')).not.toContain('\x1b');
    expect(new Set(roles)).toEqual(new Set(['hue', 'muted']));
  });

  it('leaves out what is not connected, and gives up where there is no room', () => {
    expect(drawMap([node('a'), node('b')], { width: 60, height: 10, mostNodes: 60 }, plainStyle)).toEqual([]);
    expect(draw({ a: ['b'] }, 10)).toEqual([]);
    expect(draw({ a: ['b'], c: ['d'], e: ['f'] }, 60, 2)).toEqual([]);
  });
});
