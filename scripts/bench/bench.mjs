// `npm run bench -- [NAME…] [--json FILE]`: measures, prints a line for each result as it comes, and writes them all to
// FILE as `{ results: [ { name, median_ms, min_ms, iterations, note? } ] }`. NAME selects by prefix: `procfs`,
// `render/`. How a bench is written stands at the head of bench-case.ts.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { filesBelow, membersIn } from '../workspace.mjs';
import { runFiles } from './run-files.mjs';
import { heading, resultLine } from './table.mjs';

/**
 * @param {readonly string[]} args
 * @returns {{ prefixes: string[], json?: string | undefined } | undefined} undefined when they cannot be understood
 */
function readArguments(args) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'string' } },
      allowPositionals: true,
    });
    return { prefixes: positionals, json: values.json };
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : String(error)}\nusage: npm run bench -- [NAME…] [--json FILE]`,
    );
    return undefined;
  }
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code: 0 also when a ratio missed what was asked, which is a matter of the
 *   machine too and stands in the notes
 */
export async function bench(args) {
  const chosen = readArguments(args);
  if (chosen === undefined) return 2;
  const files = membersIn('packages').flatMap(({ folder }) => filesBelow(`${folder}/bench`, ['.bench.ts']));
  console.log(`Node ${process.version}\n${heading}`);
  const { results, failedFiles } = await runFiles(files, chosen.prefixes, (result) =>
    console.log(resultLine(result)),
  );
  if (chosen.json !== undefined) writeFileSync(chosen.json, `${JSON.stringify({ results }, null, 2)}\n`);
  for (const file of failedFiles) console.error(`${file} failed`);
  if (results.length === 0)
    console.error(`no bench is called like ${chosen.prefixes.join(' ') || 'anything'}`);
  return failedFiles.length > 0 || results.length === 0 ? 1 : 0;
}
