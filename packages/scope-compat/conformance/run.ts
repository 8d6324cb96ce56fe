import type { ConformanceCase } from './case.ts';
import { compare, type Difference, shortest } from './compare.ts';
import type { ConformanceFolder, ManifestEntry } from './folder.ts';
import { kinds } from './kinds/all.ts';

/** Which cases are run. */
export interface Selection {
  /** The name of a file of expectations. */
  readonly name?: string | undefined;
  readonly view?: string | undefined;
}

/** What became of a case. */
export interface CaseResult {
  readonly kind: string;
  readonly name: string;
  readonly part: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** The reason of a skip, or what was thrown. */
  readonly reason?: string;
  readonly difference?: Difference;
}

/** The cases of a folder, file after file. Kinds that nothing is known of are told as skipped. */
export function* casesOf(folder: ConformanceFolder, selection: Selection = {}): Generator<ConformanceCase> {
  for (const entry of folder.entries) {
    if (selection.name !== undefined && entry.name !== selection.name) continue;
    if (entry.kind.endsWith('-fixed')) continue;
    for (const one of readCases(folder, entry)) {
      if (selection.view === undefined || one.view === selection.view) yield one;
    }
  }
}

/** The cases of a file; one that cannot be read is a case that fails. */
function readCases(folder: ConformanceFolder, entry: ManifestEntry): readonly ConformanceCase[] {
  const { kind, name, file } = entry;
  try {
    return kinds.get(kind)?.(folder, entry) ?? [unknownKind(kind, name)];
  } catch (error) {
    const actual = (): never => {
      throw error;
    };
    return [{ kind, name, part: '', comparisons: [{ at: file, expected: null, actual, derived: true }] }];
  }
}

function unknownKind(kind: string, name: string): ConformanceCase {
  return { kind, name, part: '', skipped: `no such kind: "${kind}"`, comparisons: [] };
}

/** Runs one case. */
export function runCase(one: ConformanceCase): CaseResult {
  const { kind, name, part } = one;
  if (one.skipped !== undefined) return { kind, name, part, outcome: 'skipped', reason: one.skipped };
  const differences: Difference[] = [];
  try {
    for (const { at, expected, actual, options } of one.comparisons) {
      for (const difference of compare(expected, actual(), options)) {
        differences.push({ ...difference, path: at + difference.path });
      }
    }
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind, name, part, outcome: 'failed', reason };
  }
  const difference = shortest(differences);
  if (difference === undefined) return { kind, name, part, outcome: 'passed' };
  return { kind, name, part, outcome: 'failed', difference };
}
