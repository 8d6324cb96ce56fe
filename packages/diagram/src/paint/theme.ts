/** The colours of a picture, as `#rrggbb`. */
export interface Theme {
  readonly name: 'light' | 'dark';
  /** Behind everything. */
  readonly ground: string;
  /** Inside of shapes. */
  readonly surface: string;
  readonly text: string;
  readonly muted: string;
  readonly edge: string;
  /** What is selected, hovered, connected with it. */
  readonly accent: string;
  readonly bad: string;
  readonly warn: string;
  /** Letters on `bad` and `warn`. */
  readonly onTrouble: string;
  readonly boxSurface: string;
  /** Flows between boxes. */
  readonly flow: string;
  /** Pseudo nodes, and nodes of no group. */
  readonly neutral: string;
  /** For groups: eight hues that most eyes tell apart. */
  readonly hues: readonly string[];
}

/*
 * The hues were found by search. What holds, and is tested: each has a contrast of at least 3:1 with the surface
 * (WCAG 2.2 §1.4.11), and any two of them, and each and the red of trouble, are at least 0.095 apart in OKLab, for
 * normal, protanope, deuteranope and tritanope eyes (model of Machado, Oliveira, Fernandes 2009, severity 1).
 */

export const LIGHT: Theme = {
  name: 'light',
  ground: '#f7f8fa',
  surface: '#ffffff',
  text: '#1b2430',
  muted: '#5d6b7c',
  edge: '#8795a6',
  accent: '#1f5fd0',
  bad: '#c8281e',
  warn: '#a86400',
  onTrouble: '#ffffff',
  boxSurface: '#ffffff',
  flow: '#27364a',
  neutral: '#6b7889',
  hues: ['#3f7ae8', '#d97f05', '#1a7766', '#c23fb0', '#254357', '#7b1ba0', '#849a7b', '#622b02'],
};

export const DARK: Theme = {
  name: 'dark',
  ground: '#10151c',
  surface: '#19212b',
  text: '#e6ebf2',
  muted: '#93a1b3',
  edge: '#56657a',
  accent: '#6ea8ff',
  bad: '#ff6b5e',
  warn: '#f2b23e',
  onTrouble: '#10151c',
  boxSurface: '#151c25',
  flow: '#c3cfde',
  neutral: '#8896a8',
  hues: ['#5068ff', '#fcb72c', '#4fb0aa', '#a6569f', '#a2cefb', '#a88ffe', '#d3f6ad', '#c2531a'],
};
