// Checks that what the pages link to in this repository is there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesBelow, root } from '../workspace.mjs';

/**
 * The targets of a page's links to files, but for those in examples of code.
 *
 * @param {string} markdown
 * @returns {string[]}
 */
export function linkedFiles(markdown) {
  const prose = markdown.replaceAll(/^```.*?^```/gms, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s#]+)(?:#[^)\s]*)?\)/g)]
    .map((match) => match[1] ?? '')
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** @returns {string[]} */
export function linkProblems() {
  const pages = [
    ...readdirSync(root).filter((name) => name.endsWith('.md')),
    ...['docs', 'packages', 'examples'].flatMap((folder) => filesBelow(folder, ['.md'])),
  ];
  return pages.flatMap((page) =>
    linkedFiles(readFileSync(join(root, page), 'utf8'))
      .filter((target) => !existsSync(join(root, dirname(page), target)))
      .map((target) => `${page}: links to ${target}, which is not there`),
  );
}
