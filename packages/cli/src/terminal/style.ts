/** What a piece of text is, from which its colour follows. */
export type Role =
  | 'title'
  | 'heading'
  | 'strong'
  | 'muted'
  | 'good'
  | 'warning'
  | 'trouble'
  | 'hidden'
  | { readonly hue: number };

/** Gives a text its looks; the width does not change. */
export type Style = (role: Role, text: string) => string;

/** For pipes, files and NO_COLOR: text as it is. */
export const plainStyle: Style = (_, text) => text;

const CODES: Readonly<Record<Exclude<Role, object>, string>> = {
  title: '7',
  heading: '1;4',
  strong: '1',
  muted: '38;5;245',
  good: '38;5;114',
  warning: '38;5;214',
  trouble: '1;38;5;203',
  hidden: '38;5;179',
};

/** Hues of groups: far enough apart for most eyes, on dark and on light. */
const HUES = [75, 214, 43, 170, 114, 141, 180, 209];

/** For terminals: the 256 colours that all of them know. */
export const colourStyle: Style = (role, text) => {
  if (text === '') return '';
  const code = typeof role === 'string' ? CODES[role] : `38;5;${HUES[role.hue % HUES.length]}`;
  return `\x1b[${code}m${text}\x1b[0m`;
};

/** The hue of a group, by its name: the same in every run and whatever else is shown. */
export function hueOf(name: string): Role {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return { hue: (hash >>> 0) % HUES.length };
}

/** The environment variables that speak of colour. */
export interface TerminalEnv {
  readonly NO_COLOR?: string | undefined;
  readonly FORCE_COLOR?: string | undefined;
  readonly TERM?: string | undefined;
}

/**
 * The style for an output. `NO_COLOR` (https://no-color.org: any value but the empty one) and `TERM=dumb` switch colour off,
 * `FORCE_COLOR` switches it on where no terminal is seen.
 */
export function styleFor(isTerminal: boolean, env: TerminalEnv): Style {
  if ((env.NO_COLOR ?? '') !== '') return plainStyle;
  if ((env.FORCE_COLOR ?? '') !== '' && env.FORCE_COLOR !== '0') return colourStyle;
  return isTerminal && env.TERM !== 'dumb' ? colourStyle : plainStyle;
}
