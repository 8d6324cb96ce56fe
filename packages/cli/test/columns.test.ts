import { describe, expect, it } from 'vitest';
import { type Column, layOutColumns } from '../src/terminal/columns.ts';
import { displayWidth } from '../src/terminal/display-width.ts';
import {
  describeBytes,
  describeCount,
  describeMetric,
  describeSpan,
  sparkline,
} from '../src/terminal/quantities.ts';
import { plainStyle } from '../src/terminal/style.ts';

const columns: readonly Column[] = [
  { header: 'NAME', rank: 0, least: 4, cells: [{ text: 'nginx' }, { text: '数据库服务器' }] },
  { header: 'CPU', rank: 1, align: 'right', cells: [{ text: '5%' }, { text: '12%' }] },
  { header: 'COMMAND', rank: 2, least: 8, cells: [{ text: 'nginx -g daemon' }, { text: '' }] },
];

describe('columns', () => {
  it('are as wide as their longest cell, wide characters counted as two', () => {
    expect(layOutColumns(columns, Number.POSITIVE_INFINITY, plainStyle)).toEqual([
      'NAME          CPU  COMMAND',
      'nginx          5%  nginx -g daemon',
      '数据库服务器  12%',
    ]);
  });

  it('are cut where they are longest, then left out by their rank, and never wider than the terminal', () => {
    expect(layOutColumns(columns, 28, plainStyle)).toEqual([
      'NAME      CPU  COMMAND',
      'nginx      5%  nginx -g dae…',
      '数据库…   12%',
    ]);
    expect(layOutColumns(columns, 14, plainStyle)).toEqual([
      'NAME       CPU',
      'nginx       5%',
      '数据库服…  12%',
    ]);
    for (let width = 1; width < 60; width++) {
      for (const line of layOutColumns(columns, width, plainStyle)) {
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }
    }
  });

  it('have a heading also without rows', () => {
    expect(layOutColumns([{ header: 'NAME', rank: 0, cells: [] }], 80, plainStyle)).toEqual(['NAME']);
  });
});

describe('quantities', () => {
  it('have the units of their kind', () => {
    expect([0, 1023, 1024, 1_610_612_736, 250 * 1024 ** 4].map(describeBytes)).toEqual([
      '0 B',
      '1023 B',
      '1.0 KB',
      '1.5 GB',
      '250 TB',
    ]);
    expect([0, 999, 1000, 1_234_567].map(describeCount)).toEqual(['0', '999', '1,000', '1,234,567']);
    expect([0, 59_999, 61_000, 90_061_000, 86_400_000].map(describeSpan)).toEqual([
      '0s',
      '59s',
      '1m 1s',
      '1d 1h',
      '1d',
    ]);
    expect(describeMetric({ value: 0.25, format: 'percent' })).toBe('0.3%');
    expect(describeMetric({ value: 12.4, format: 'percent' })).toBe('12%');
    expect(describeMetric({ value: 2048, format: 'filesize' })).toBe('2.0 KB');
  });

  it('are drawn over time, the newest last', () => {
    expect(sparkline([0, 50, 100], 100, 8)).toBe('▁▅█');
    expect(sparkline([1, 2, 3, 4], 4, 2)).toBe('▇█');
    expect(sparkline([5], 5, 8)).toBe('');
    expect(sparkline([0, 0], 0, 8)).toBe('▁▁');
  });
});
