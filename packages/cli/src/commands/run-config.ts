import {
  type ConfigIssue,
  configJsonSchema,
  formatConfigIssue,
  loadRuntimeConfig,
  offeredSources,
  printConfig,
  printConfigJson,
} from '@ridgeline/runtime';
import { EXIT } from '../failure.ts';
import { type Io, writeLines } from '../io.ts';

/** The flags of `ridgeline config`. */
export interface ConfigFlags {
  /** A file in place of the one that would be found. */
  readonly config?: string;
  readonly json?: boolean;
}

/** `ridgeline config check`: everything that is wrong with the config, at once. */
export async function runConfigCheck(io: Io, directory: string, flags: ConfigFlags): Promise<number> {
  const outcome = await loadRuntimeConfig({ directory, file: flags.config });
  const issues = outcome.ok ? [] : outcome.issues;
  if (flags.json === true) {
    printJson(io, { ok: outcome.ok, files: outcome.ok ? outcome.config.files : [], issues });
  } else if (!outcome.ok) writeIssues(io, issues);
  else if (outcome.config.files.length === 0) writeLines(io.out, ['There is no config: the defaults hold.']);
  else writeLines(io.out, [`Nothing is wrong with ${outcome.config.files.join(', ')}.`]);
  return outcome.ok ? EXIT.done : EXIT.failed;
}

/** `ridgeline config print`: what the config comes to, and where each value comes from. */
export async function runConfigPrint(io: Io, directory: string, flags: ConfigFlags): Promise<number> {
  const outcome = await loadRuntimeConfig({ directory, file: flags.config });
  if (!outcome.ok) {
    writeIssues(io, outcome.issues);
    return EXIT.failed;
  }
  if (flags.json === true) printJson(io, printConfigJson(outcome.config));
  else io.out.write(printConfig(outcome.config));
  return EXIT.done;
}

/** `ridgeline config schema`: the JSON Schema of config files, for editors. */
export function runConfigSchema(io: Io): number {
  printJson(io, configJsonSchema(offeredSources()));
  return EXIT.done;
}

/** Tells issues in the order of the file, with their number below. */
function writeIssues(io: Io, issues: readonly ConfigIssue[]): void {
  const count = issues.length === 1 ? '1 issue' : `${issues.length} issues`;
  writeLines(io.err, [...issues.map(formatConfigIssue), '', `${count}; nothing was started.`]);
}

function printJson(io: Io, value: unknown): void {
  io.out.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
