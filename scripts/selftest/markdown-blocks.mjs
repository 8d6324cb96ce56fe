// The fenced blocks of our pages.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { membersIn, root } from '../workspace.mjs';

/**
 * @typedef {object} Block
 * @property {string} page relative to the root
 * @property {number} line of its first line of text
 * @property {string} language the first word after the fence
 * @property {readonly string[]} marks the words after it: `fragment`, `fails`
 * @property {string} text
 */

/** The pages whose blocks are checked. */
export function pages() {
  const members = [...membersIn('packages'), ...membersIn('examples')]
    .map(({ folder }) => `${folder}/README.md`)
    // That every package has one is for lint to say.
    .filter((page) => existsSync(join(root, page)));
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  return ['README.md', ...docs.sort().map((name) => `docs/${name}`), ...members];
}

/**
 * @param {string} page relative to the root
 * @returns {Block[]}
 */
export function blocksOf(page) {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```([^\n`]*)\n(.*?)^```$/gms)].map((match) => {
    const [, info = '', body = ''] = match;
    const [language = '', ...marks] = info.trim().split(/\s+/);
    const line = text.slice(0, match.index).split('\n').length + 1;
    return { page, line, language, marks, text: body };
  });
}
