// How heavy the page is: what a browser loads before the first picture, and all of it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../workspace.mjs';

const folder = join(root, 'packages/web/dist/page');

/** In bytes, gzipped at level 9. `first`: HTML, entry, styles and layout worker; `all`: with what comes after. */
const LIMITS = { first: 60_000, all: 90_000 };

/** What is loaded after the first picture has its own files, named after the folder of the panels. */
const LATE = /^assets\/panels-/;

/** @returns {{ first: number, all: number }} bytes, gzipped */
function measurePage() {
  const sizes = { first: 0, all: 0 };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(?:html|js|css)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = gzipSync(readFileSync(path), { level: 9 }).length;
    sizes.all += bytes;
    if (!LATE.test(path.slice(folder.length + 1).replaceAll('\\', '/'))) sizes.first += bytes;
  }
  return sizes;
}

/** @returns {readonly string[]} what is wrong, one line each */
export function pageSizeProblems() {
  if (!existsSync(join(folder, 'index.html'))) return ['the page has not been built: npm run build'];
  const { first, all } = measurePage();
  const inWords = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  console.log(`(page) ${inWords(first)} before the first picture, ${inWords(all)} in all, gzipped`);
  return [
    ...(first > LIMITS.first
      ? [
          `the page loads ${inWords(first)} before the first picture; at most ${inWords(LIMITS.first)} are allowed`,
        ]
      : []),
    ...(all > LIMITS.all
      ? [`the page weighs ${inWords(all)} in all; at most ${inWords(LIMITS.all)} are allowed`]
      : []),
  ];
}
