import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as testkit from '@ridgeline/testkit';
import { lawCatalogue } from '@ridgeline/testkit';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The suites that register several laws, and the file each is in. */
const suites = ['report-laws', 'renderer-laws', 'filter-laws', 'source-laws', 'plugin-laws'].flatMap(
  (file) => {
    const text = readFileSync(`${root}packages/testkit/src/suite/${file}.ts`, 'utf8');
    const parts = text.split(/^export function /m).slice(1);
    return parts.map((part) => ({ name: /^\w+/.exec(part)?.[0] ?? '', ids: idsIn(part) }));
  },
);

/** The ids of the laws that a text registers: `law(options, 'B1', …)`, `it('law B1: …')`. */
function idsIn(text: string): Set<string> {
  const calls = text.matchAll(/\b(?:law|exception|loops|monotone)\(\s*[^'"`]{0,200}?['"`]([A-GV]\d+)\b/g);
  const titles = text.matchAll(/['"`]law ([A-GV]\d+)\b/g);
  return new Set([...calls, ...titles].map(([, id]) => id as string));
}

/** Files of laws below a folder, relative to the root. */
function lawFiles(folder: string): string[] {
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    if (entry.isDirectory()) return lawFiles(path);
    return /\.laws(\.root)?\.test\.ts$/.test(entry.name) ? [path] : [];
  });
}

function holdersById(): Map<string, string[]> {
  const holders = new Map<string, string[]>();
  for (const path of [...lawFiles('packages'), ...lawFiles('examples')].sort()) {
    const text = readFileSync(root + path, 'utf8');
    const ids = idsIn(text);
    for (const suite of suites) {
      if (new RegExp(`\\b${suite.name}\\(`).test(text)) for (const id of suite.ids) ids.add(id);
    }
    for (const id of ids) holders.set(id, [...(holders.get(id) ?? []), path]);
  }
  return holders;
}

it('lists in docs/laws.md which test holds which law', async () => {
  const holders = holdersById();
  const rows = lawCatalogue.map(({ id, formula, by }) => {
    const links = (holders.get(id) ?? []).map((path) => `[${path.replace('/test/', '/')}](../${path})`);
    return `| ${id} | ${formula.replaceAll('|', '\\|')} | ${by === undefined ? '' : `\`${by}\``} | ${links.join('<br>')} |`;
  });
  const page = [
    '# Laws: which test holds which',
    '',
    'Each law is a pure function of `@ridgeline/testkit`, and each test that holds it is named `law <id>: <formula>`.',
    '`npm run laws` tries them all 2000 times, `npm run laws -- B1` one; `LAWS_RUNS` and `LAWS_SEED` repeat a run.',
    '`npm run laws -- --mutants` puts small bugs in, each of which a law must catch.',
    '',
    'This page is made from the tests: `npx vitest run packages/testkit/test/laws-page.test.ts -u` writes it anew.',
    '',
    '| id | law | function | held by |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');

  await expect(page).toMatchFileSnapshot(`${root}docs/laws.md`);
});

it('has a test for every law of the catalogue, and no test of a law that is not in it', () => {
  const holders = holdersById();
  const known = lawCatalogue.map(({ id }) => id);

  expect(known.filter((id) => !holders.has(id))).toEqual([]);
  expect([...holders.keys()].filter((id) => !known.includes(id))).toEqual([]);
});

it('publishes the function that each law names', () => {
  const exported = Object.keys(testkit);

  expect(lawCatalogue.flatMap(({ by }) => by ?? []).filter((name) => !exported.includes(name))).toEqual([]);
});
