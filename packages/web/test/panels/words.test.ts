import { describe, expect, it } from 'vitest';
import { fileName } from '../../src/panels/export/file-name.ts';
import { attributeOrder, attributeWords } from '../../src/panels/words/attribute-value.ts';
import { countWords, numbered } from '../../src/panels/words/count.ts';
import { agoWords, spanWords } from '../../src/panels/words/moment.ts';
import { bytesQuantity, metricQuantity, quantityWords } from '../../src/panels/words/quantity.ts';

const NOW = Date.UTC(2026, 10, 22, 18, 30);

describe('words of the panels', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1204, '1,204'],
    [1_234_567, '1,234,567'],
  ])('counts %d as %s', (count, words) => {
    expect(countWords(count)).toBe(words);
  });

  it('agrees with the number', () => {
    expect([numbered(1, 'edge'), numbered(2, 'edge'), numbered(0, 'child', 'children')]).toEqual([
      '1 edge',
      '2 edges',
      '0 children',
    ]);
  });

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1536, '1.5 KB'],
    [200 * 1024 ** 2, '200 MB'],
    [5 * 1024 ** 4, '5.0 TB'],
  ])('writes %d bytes as %s', (bytes, words) => {
    expect(quantityWords(bytesQuantity(bytes))).toBe(words);
  });

  it.each([
    [0.25, 'percent', '0.3 %'],
    [35.4, 'percent', '35 %'],
    [1536, 'filesize', '1.5 KB'],
    [12_345.6, 'integer', '12,346'],
    [0.123456, undefined, '0.1235'],
    [5, 'of a plugin', '5'],
  ])('writes metric %d of format %s as %s', (value, format, words) => {
    expect(quantityWords(metricQuantity(value, format))).toBe(words);
  });

  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [65_000, '1 min 5 s'],
    [16 * 60_000 + 5000, '16 min'],
    [3 * 86_400_000 + 4 * 3_600_000, '3 d 4 h'],
    [86_400_000 + 60_000, '1 d'],
  ])('writes a span of %d ms as %s', (millis, words) => {
    expect(spanWords(millis)).toBe(words);
  });

  it('calls what is nearly now so, since clocks differ', () => {
    expect([agoWords(NOW + 500, NOW), agoWords(NOW - 1999, NOW), agoWords(NOW - 12_000, NOW)]).toEqual([
      'just now',
      'just now',
      '12 s ago',
    ]);
  });

  it('reads values by their type, and leaves what does not look like it', () => {
    const shown = [
      attributeWords('2026-11-22T18:29:00Z', 'datetime', NOW),
      attributeWords('soon', 'datetime', NOW),
      attributeWords('3600', 'duration', NOW),
      attributeWords('4242', 'number', NOW),
      attributeWords('123456789', 'number', NOW),
      attributeWords('10.0.0.1', 'ip', NOW),
    ];
    expect(shown).toEqual(['1 min ago', 'soon', '1 h', '4242', '123,456,789', '10.0.0.1']);
  });

  it('sorts instants and numbers as such, addresses as texts', () => {
    expect(attributeOrder('2026-11-22T18:30:00Z', 'datetime')).toBe(NOW);
    expect(attributeOrder('42', undefined)).toBe(42);
    expect(attributeOrder('10', 'ip')).toBe('10');
  });

  it('names files by view and time, for any file system', () => {
    expect(fileName('containers-by-image', NOW, 'svg')).toBe(
      'ridgeline-containers-by-image-2026-11-22T18-30-00Z.svg',
    );
    expect(fileName('../a b', NOW, 'png')).toBe('ridgeline-a-b-2026-11-22T18-30-00Z.png');
  });
});
