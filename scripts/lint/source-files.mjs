// Checks the files themselves: their length, and words that mean "left for later".
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, root } from '../workspace.mjs';

const longFrom = 300;
const tooLongFrom = 400;
const code = ['.ts', '.tsx', '.mjs', '.mts', '.css', '.html', '.c', '.h'];

/** Spelt in pieces, so that this file passes its own check. */
const debt = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`);

/**
 * Files longer than a reader should have to hold. Over 300 lines is said, over 400 is an error.
 *
 * @returns {{ problems: string[], remarks: string[] }}
 */
export function lengthProblems() {
  const long = filesBelow('packages', code)
    .filter((file) => /^packages\/[^/]+\/src\//.test(file))
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > longFrom)
    .sort((a, b) => b.lines - a.lines);
  const say = (/** @type {typeof long} */ files) =>
    files.map(({ file, lines }) => `${file}: ${lines} lines; is there one concept in it?`);
  return {
    problems: say(long.filter(({ lines }) => lines > tooLongFrom)),
    remarks: say(long.filter(({ lines }) => lines <= tooLongFrom)),
  };
}

/** @returns {string[]} */
export function debtProblems() {
  return ['packages', 'examples', 'scripts', 'docs']
    .flatMap((folder) => filesBelow(folder, folder === 'docs' ? ['.md', '.mjs'] : [...code, '.md']))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((text, index) => {
          const word = debt.exec(text)?.[1];
          return word === undefined ? [] : [`${file}:${index + 1}: ${word}: finish it, or open an issue`];
        }),
    );
}
