// `npm run conformance -- DIR --http [--case NAME]`: the cases of Scope's API, asked of a server over HTTP.
import { parseArgs } from 'node:util';
import { ConformanceFolder } from '../../scope-compat/conformance/folder.ts';
import { line, summarize } from '../../scope-compat/conformance/main.ts';
import { type CaseResult, runCase } from '../../scope-compat/conformance/run.ts';
import { httpCases } from './http-cases.ts';

/** Runs the cases of a folder over HTTP and prints what became of them; answers the exit code. */
export async function runConformance(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { case: { type: 'string' } },
    allowPositionals: true,
  });
  const [path, ...rest] = positionals;
  if (path === undefined || rest.length > 0) {
    console.error('usage: npm run conformance -- DIR --http [--case NAME]');
    return 2;
  }
  const results: CaseResult[] = [];
  for await (const one of httpCases(new ConformanceFolder(path), values.case)) {
    const result = runCase(one);
    results.push(result);
    if (result.outcome !== 'passed') console.log(line(result));
  }
  return summarize(results);
}
