import { describe, expect, it } from 'vitest';
import { displayWidth, pad, printable, truncate } from '../src/terminal/display-width.ts';
import { colourStyle, plainStyle, styleFor } from '../src/terminal/style.ts';
import { styledWidth, truncateStyled } from '../src/terminal/styled-width.ts';

describe('display width', () => {
  it.each([
    ['', 0],
    ['nginx', 5],
    ['数据库', 6],
    ['naïve', 5],
    ['nai\u0308ve', 5],
    ['ｆｕｌｌ', 8],
    ['한국어', 6],
    ['👩‍👩‍👧‍👦', 2],
    ['❤️', 2],
    ['🇩🇪', 2],
    ['▪ web', 5],
  ])('of %j is %d', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it('is never exceeded by a cut, and wide characters are not halved', () => {
    for (const text of ['数据库服务', 'a数据库', 'nginx-ingress', 'x👩‍👩‍👧‍👦y👩‍👩‍👧‍👦z']) {
      for (let width = 0; width < 14; width++) {
        const cut = truncate(text, width);
        expect(displayWidth(cut)).toBeLessThanOrEqual(width);
        if (displayWidth(text) <= width) expect(cut).toBe(text);
        else if (width > 0) expect(cut.endsWith('…')).toBe(true);
      }
    }
    expect(truncate('数据库服务', 6)).toBe('数据…');
    expect(truncate('数据库服务', 4)).toBe('数…');
  });

  it('is what padding fills up', () => {
    expect(pad('数据', 6)).toBe('数据  ');
    expect(pad('7', 3, 'right')).toBe('  7');
  });

  it('has nothing to fear from a process that is called like a command to the terminal', () => {
    expect(printable('a\x1b[2Jb\r\nc\u202ed')).toBe('a·[2Jb··cd');
  });
});

describe('texts with colours', () => {
  const text = `${colourStyle('good', '数据')} ${colourStyle('trouble', 'abc')}`;

  it('are as wide as without', () => {
    expect(styledWidth(text)).toBe(8);
  });

  it('are cut by what is seen, and end without a colour', () => {
    for (let width = 1; width < 10; width++) {
      const cut = truncateStyled(text, width);
      expect(styledWidth(cut)).toBeLessThanOrEqual(width);
      expect(cut.lastIndexOf('\x1b[0m')).toBe(cut.lastIndexOf('\x1b'));
    }
    expect(truncateStyled(text, 8)).toBe(text);
    expect(truncateStyled('abcdef', 4)).toBe('abc…');
    expect(truncateStyled(`${plainStyle('good', 'abc')}${plainStyle('good', 'def')}`, 3)).toBe('ab…');
  });

  it('are for terminals that want them', () => {
    expect(styleFor(true, {})).toBe(colourStyle);
    expect(styleFor(false, {})).toBe(plainStyle);
    expect(styleFor(true, { NO_COLOR: '1' })).toBe(plainStyle);
    expect(styleFor(true, { NO_COLOR: '' })).toBe(colourStyle);
    expect(styleFor(true, { TERM: 'dumb' })).toBe(plainStyle);
    expect(styleFor(false, { FORCE_COLOR: '1' })).toBe(colourStyle);
    expect(styleFor(true, { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(plainStyle);
  });
});
