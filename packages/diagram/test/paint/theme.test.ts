import { DARK, LIGHT, type Theme } from '@ridgeline/diagram';
import { describe, expect, it } from 'vitest';
import { contrast, labDistance, linearOf, seenBy, type Vision } from './colour-vision.ts';

const VISIONS: readonly Vision[] = ['normal', 'protan', 'deutan', 'tritan'];

function nearest(theme: Theme): { readonly distance: number; readonly who: string } {
  const colours = [...theme.hues, theme.bad];
  let nearest = { distance: Number.POSITIVE_INFINITY, who: '' };
  for (const vision of VISIONS) {
    for (const [i, a] of colours.entries()) {
      for (const b of colours.slice(i + 1)) {
        const distance = labDistance(seenBy(vision, linearOf(a)), seenBy(vision, linearOf(b)));
        if (distance < nearest.distance) nearest = { distance, who: `${a} and ${b} to ${vision} eyes` };
      }
    }
  }
  return nearest;
}

describe.each([LIGHT, DARK])('the $name theme', (theme) => {
  it('has eight hues that stand out from the surface (WCAG 2.2 §1.4.11)', () => {
    expect(theme.hues).toHaveLength(8);
    for (const hue of [...theme.hues, theme.neutral, theme.bad, theme.warn, theme.accent])
      expect(contrast(linearOf(hue), linearOf(theme.surface)), hue).toBeGreaterThanOrEqual(3);
  });

  it('has hues that most eyes tell from one another, and from trouble', () => {
    const { distance, who } = nearest(theme);
    expect(distance, who).toBeGreaterThanOrEqual(0.095);
  });

  it('has letters that can be read (WCAG 2.2 §1.4.3)', () => {
    for (const ground of [theme.ground, theme.surface, theme.boxSurface]) {
      expect(contrast(linearOf(theme.text), linearOf(ground))).toBeGreaterThanOrEqual(7);
      expect(contrast(linearOf(theme.muted), linearOf(ground))).toBeGreaterThanOrEqual(4.5);
    }
    for (const ground of [theme.bad, theme.warn])
      expect(contrast(linearOf(theme.onTrouble), linearOf(ground))).toBeGreaterThanOrEqual(4.5);
  });
});
