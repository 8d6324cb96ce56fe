import type { Box } from '../layout/layout.ts';
import { estimateWidth, FONT_FAMILY } from './font.ts';
import type { Curve, Fill, Ink, Lettering, Painter, Piece, Stroke } from './painter.ts';
import { escapeXml, shortDecimal as n } from './svg-text.ts';

/** What is written around the picture. */
export interface SvgFrame {
  /** The part of the world that is shown. */
  readonly area: Box;
  /** Pixels to a unit of the world. */
  readonly zoom: number;
  readonly ground: string;
  /** What the picture is called; read by screen readers. */
  readonly title: string;
  /** What is to be seen on it, in a sentence. */
  readonly description: string;
}

/**
 * Paints SVG: text that is the same for the same picture, in Node as in a browser, and needs nothing from elsewhere.
 *
 * Each thing is a `<g>` with its kind as class, its name in `data-id`, and a `<title>`. Drawings that recur are written
 * once.
 */
export class SvgPainter implements Painter {
  readonly keepsNames = true;
  #lines: string[] = [];
  readonly #definitions: string[] = [];
  /** Ids of what is defined, by what it is. */
  readonly #ids = new Map<string, string>();

  begin({ kind, id, title }: Piece): void {
    this.#lines.push(`<g class="${kind}" data-id="${escapeXml(id)}"><title>${escapeXml(title)}</title>`);
  }

  end(): void {
    this.#lines.push('</g>');
  }

  curve(curve: Curve, stroke: Stroke): void {
    const { x0, y0, x1, y1, x2, y2, x3, y3 } = curve;
    const way =
      curve.isStraight === true
        ? `L${n(x3)} ${n(y3)}`
        : `C${n(x1)} ${n(y1)} ${n(x2)} ${n(y2)} ${n(x3)} ${n(y3)}`;
    this.#lines.push(`<path d="M${n(x0)} ${n(y0)}${way}" fill="none"${strokeOf(stroke, 1)}/>`);
  }

  shape(path: string, x: number, y: number, size: number, ink: Ink): void {
    const place = `translate(${n(x)} ${n(y)}) scale(${n(size)})`;
    const round = ink.stroke === undefined ? '' : ' stroke-linejoin="round" stroke-linecap="round"';
    this.#lines.push(`<path d="${path}" transform="${place}"${inkOf(ink, 1 / size)}${round}/>`);
  }

  level(path: string, x: number, y: number, size: number, level: number, fill: Fill): void {
    const clip = this.#define(`clip ${path}`, (id) => `<clipPath id="${id}"><path d="${path}"/></clipPath>`);
    const rectangle = `<rect x="-1.3" y="${n(1 - 2 * level)}" width="2.6" height="${n(2 * level + 0.3)}"${inkOf({ fill }, 1)}/>`;
    const place = `translate(${n(x)} ${n(y)}) scale(${n(size)})`;
    this.#lines.push(`<g transform="${place}" clip-path="url(#${clip})">${rectangle}</g>`);
  }

  arrow(x: number, y: number, dx: number, dy: number, size: number, fill: Fill): void {
    const half = size * 0.45;
    const [footX, footY] = [x - dx * size, y - dy * size];
    const left = `${n(footX - dy * half)} ${n(footY + dx * half)}`;
    const right = `${n(footX + dy * half)} ${n(footY - dx * half)}`;
    this.#lines.push(`<path d="M${n(x)} ${n(y)}L${left}L${right}z"${inkOf({ fill }, 1)}/>`);
  }

  dot(x: number, y: number, reach: number, fill: Fill): void {
    this.box(x - reach, y - reach, 2 * reach, 2 * reach, reach / 2, { fill });
  }

  box(x: number, y: number, width: number, height: number, radius: number, ink: Ink): void {
    const round = radius > 0 ? ` rx="${n(radius)}"` : '';
    const size = `width="${n(width)}" height="${n(height)}"`;
    this.#lines.push(`<rect x="${n(x)}" y="${n(y)}" ${size}${round}${inkOf(ink, 1)}/>`);
  }

  text(text: string, x: number, y: number, lettering: Lettering): void {
    const { size, weight, colour, anchor, halo, alpha } = lettering;
    const rim =
      halo === undefined
        ? ''
        : ` stroke="${halo}" stroke-width="${n(size * 0.34)}" stroke-linejoin="round" paint-order="stroke"`;
    const look = `font-size="${n(size)}" font-weight="${weight}" text-anchor="${anchor}" fill="${colour}"`;
    this.#lines.push(
      `<text x="${n(x)}" y="${n(y)}" ${look}${rim}${opacityOf('opacity', alpha)}>${escapeXml(text)}</text>`,
    );
  }

  textWidth(text: string, size: number, weight: number): number {
    return estimateWidth(text, size, weight);
  }

  stamp(
    key: string,
    x: number,
    y: number,
    _reach: number,
    alpha: number,
    draw: (painter: Painter) => void,
  ): void {
    const id = this.#define(`stamp ${key}`, (name) => {
      const outside = this.#lines;
      this.#lines = [];
      draw(this);
      const drawing = this.#lines.join('');
      this.#lines = outside;
      return `<g id="${name}">${drawing}</g>`;
    });
    this.#lines.push(`<use href="#${id}" x="${n(x)}" y="${n(y)}"${opacityOf('opacity', alpha)}/>`);
  }

  /** All that was painted, as a document. */
  document({ area, zoom, ground, title, description }: SvgFrame): string {
    const [x, y, width, height] = [area.x, area.y, area.width, area.height].map((value) => n(value));
    const defined =
      this.#definitions.length === 0 ? '' : `<defs>\n${this.#definitions.join('\n')}\n</defs>\n`;
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${width} ${height}" ` +
      `width="${n(area.width * zoom)}" height="${n(area.height * zoom)}" font-family="${FONT_FAMILY}" ` +
      `role="img" aria-labelledby="title description">\n` +
      `<title id="title">${escapeXml(title)}</title>\n` +
      `<desc id="description">${escapeXml(description)}</desc>\n` +
      defined +
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${ground}"/>\n` +
      `${this.#lines.join('\n')}\n</svg>\n`
    );
  }

  #define(what: string, write: (id: string) => string): string {
    const known = this.#ids.get(what);
    if (known !== undefined) return known;
    const id = `d${this.#ids.size}`;
    this.#ids.set(what, id);
    this.#definitions.push(write(id));
    return id;
  }
}

/** @param unit - how large a unit of the world is where the attribute is read */
function inkOf({ fill, stroke }: Ink, unit: number): string {
  const filled =
    fill === undefined ? ' fill="none"' : ` fill="${fill.colour}"${opacityOf('fill-opacity', fill.alpha)}`;
  return stroke === undefined ? filled : filled + strokeOf(stroke, unit);
}

function strokeOf({ colour, width, alpha, dash, dashOffset }: Stroke, unit: number): string {
  const decimals = (value: number): string => String(Math.round(value * unit * 1000) / 1000);
  const broken = dash === undefined ? '' : ` stroke-dasharray="${dash.map(decimals).join(' ')}"`;
  const moved = dash === undefined || !dashOffset ? '' : ` stroke-dashoffset="${decimals(dashOffset)}"`;
  return ` stroke="${colour}" stroke-width="${decimals(width)}"${opacityOf('stroke-opacity', alpha)}${broken}${moved}`;
}

function opacityOf(name: string, alpha: number): string {
  return alpha >= 1 ? '' : ` ${name}="${n(alpha)}"`;
}
