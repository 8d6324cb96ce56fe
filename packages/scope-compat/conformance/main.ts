// `npm run conformance -- DIR [--case NAME] [--view V] [--json FILE] [--self-test]`
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { show } from './compare.ts';
import { ConformanceFolder } from './folder.ts';
import { type CaseResult, casesOf, runCase, type Selection } from './run.ts';
import { selfTest } from './self-test.ts';

const usage = 'usage: npm run conformance -- DIR [--case NAME] [--view V] [--json FILE] [--self-test]';

/** Runs the cases of a folder and prints what became of them; answers the exit code. */
export function runConformance(args: readonly string[]): number {
  const chosen = readArguments(args);
  if (chosen === undefined) return 2;
  const { path, selection, json } = chosen;
  if (!existsSync(join(path, 'manifest.json'))) {
    console.error(`${path} is no folder of conformance data: it has no manifest.json`);
    return 2;
  }
  const folder = new ConformanceFolder(path);
  if (chosen.selfTest) return selfTest(folder, selection, (line) => console.log(line)) ? 0 : 1;
  const results: CaseResult[] = [];
  for (const one of casesOf(folder, selection)) {
    const result = runCase(one);
    results.push(result);
    if (result.outcome !== 'passed') console.log(line(result));
  }
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(results, null, 1)}\n`);
  return summarize(results);
}

function readArguments(
  args: readonly string[],
): { path: string; selection: Selection; json: string | undefined; selfTest: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        case: { type: 'string' },
        view: { type: 'string' },
        json: { type: 'string' },
        'self-test': { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const [path, ...rest] = positionals;
    if (path === undefined || rest.length > 0) throw new Error('name one folder');
    return {
      path,
      selection: { name: values.case, view: values.view },
      json: values.json,
      selfTest: values['self-test'],
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return undefined;
  }
}

/** What is printed of a case that did not pass. */
export function line({ kind, name, part, outcome, reason, difference }: CaseResult): string {
  const title = `${outcome} ${kind} ${name}${part === '' ? '' : ` ${part}`}`;
  if (difference === undefined) return `${title}: ${reason ?? ''}`;
  const { path, expected, got } = difference;
  return `${title}\n  ${path}\n    expected ${show(expected)}\n    got      ${show(got)}`;
}

/** Prints the counts by kind and in all; answers the exit code. */
export function summarize(results: readonly CaseResult[]): number {
  const count = (outcome: CaseResult['outcome'], kind?: string): number =>
    results.filter((r) => r.outcome === outcome && (kind === undefined || r.kind === kind)).length;
  for (const kind of [...new Set(results.map((r) => r.kind))].sort()) {
    console.log(`${kind.padEnd(16)} ${count('passed', kind)} passed, ${count('failed', kind)} failed`);
  }
  console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  if (results.length === 0) {
    console.error('no case is called so');
    return 1;
  }
  return count('failed') === 0 ? 0 : 1;
}
