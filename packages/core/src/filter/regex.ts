import { RE2JS, RE2JSException } from 're2js';
import { filterLimits } from './expression.ts';

/** A compiled pattern, or why it was refused; `offset` and `length` point into the pattern where that is known. */
export type CompiledPattern =
  | { readonly ok: true; test(value: string): boolean }
  | { readonly ok: false; readonly message: string; readonly offset?: number; readonly length?: number };

/**
 * Compiles an RE2 pattern. Matching is a search anywhere in the value and takes time linear in its length, whatever
 * the pattern: what needs backtracking (back references, look-around) or blows up the program (repeats beyond 1000,
 * deep nesting) is refused here.
 *
 * @param pattern - RE2 syntax, up to `filterLimits.patternLength` UTF-16 units; `(?i)` in front ignores case
 */
export function compilePattern(pattern: string): CompiledPattern {
  if (pattern.length > filterLimits.patternLength) {
    return { ok: false, message: `the pattern is longer than ${filterLimits.patternLength} characters` };
  }
  try {
    const compiled = RE2JS.compile(pattern);
    return { ok: true, test: (value) => compiled.test(value) };
  } catch (error) {
    // a seam: the engine reports a user's mistake by throwing
    if (!(error instanceof RE2JSException)) throw error;
    const fragment = 'input' in error && typeof error.input === 'string' ? error.input : '';
    const reason = 'error' in error && typeof error.error === 'string' ? error.error : error.message;
    return { ok: false, message: explain(reason, fragment), ...locate(pattern, fragment) };
  }
}

function explain(reason: string, fragment: string): string {
  if (/^\(\?<?[=!]/.test(fragment)) return 'look-around is not supported: matching must stay linear';
  if (/^\\[1-9]/.test(fragment)) return 'back references are not supported: matching must stay linear';
  if (fragment === '') return reason;
  return `${reason}: ${fragment.length > 40 ? `${fragment.slice(0, 40)}…` : fragment}`;
}

/** The engine names the faulty fragment, not its place: it is told only where the fragment occurs once. */
function locate(pattern: string, fragment: string): { offset?: number; length?: number } {
  const offset = fragment === '' ? -1 : pattern.indexOf(fragment);
  if (offset < 0 || pattern.indexOf(fragment, offset + 1) >= 0) return {};
  return { offset, length: fragment.length };
}
