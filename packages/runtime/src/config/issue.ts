import type { ConfigFile } from './config-file.ts';
import { type ConfigPath, printPath } from './config-path.ts';

/** What can be wrong with a config; each code has one meaning, listed in docs/config.md. */
export type ConfigIssueCode =
  | 'not-found'
  | 'ambiguous'
  | 'unreadable'
  | 'syntax'
  | 'not-json'
  | 'bad-shape'
  | 'unknown-key'
  | 'unknown-name'
  | 'bad-name'
  | 'bad-value'
  | 'bad-options'
  | 'bad-filter'
  | 'misplaced'
  | 'bad-plugin'
  | 'doubled'
  | 'cycle';

/** One thing that is wrong with a config, and where. */
export interface ConfigIssue {
  readonly code: ConfigIssueCode;
  /** The file, as it is found from the working directory; empty when there is none. */
  readonly file: string;
  /** `views.containers.filters[0]`; empty for the file as a whole. */
  readonly path: string;
  /** From 1; left out where it cannot be told. */
  readonly line?: number;
  /** From 1, in UTF-16 units. */
  readonly column?: number;
  /** One sentence. */
  readonly message: string;
  /** What to write instead, or to do. */
  readonly suggestion?: string;
  /** The faulty text with a caret below the fault. */
  readonly excerpt?: string;
}

/** What {@link Issues.add} takes beside the place. */
export interface IssueText {
  readonly code: ConfigIssueCode;
  readonly message: string;
  readonly suggestion?: string | undefined;
  readonly excerpt?: string | undefined;
  /** Where inside the text that stands at the path. */
  readonly inText?: number | undefined;
}

/** Where something of a config was written. */
export interface Place {
  readonly file: ConfigFile;
  readonly path: ConfigPath;
}

/** Paths of what brings names: where one of them is wrong, the names may be missing. */
const HIDING = /^(?:plugins|extends|filters)\b|^derived(?:\.[\w$-]+|\["[^"]*"\])?$/;

/** Gathers everything that is wrong: a config is refused once, with all of it. */
export class Issues {
  readonly #issues: ConfigIssue[] = [];

  /** Notes what is wrong at a place; the line is that of the path, or of the nearest thing around it. */
  add({ file, path }: Place, { code, message, suggestion, excerpt, inText }: IssueText): void {
    const position = file.positions.find(path, inText);
    this.addRaw({
      code,
      file: file.name,
      path: printPath(path),
      ...position,
      message,
      ...(suggestion === undefined ? {} : { suggestion }),
      ...(excerpt === undefined ? {} : { excerpt }),
    });
  }

  addRaw(issue: ConfigIssue): void {
    this.#issues.push(issue);
  }

  get isEmpty(): boolean {
    return this.#issues.length === 0;
  }

  /**
   * Whether something is wrong that keeps names from being known: a file that could not be read, a plugin, a named
   * filter. Whoever uses such a name is not to blame.
   */
  get hideNames(): boolean {
    return this.#issues.some(({ path }) => path === '' || HIDING.test(path));
  }

  /** By file in the order of their first issue, then by line. */
  list(): readonly ConfigIssue[] {
    const files = [...new Set(this.#issues.map((issue) => issue.file))];
    return [...this.#issues].sort(
      (a, b) =>
        files.indexOf(a.file) - files.indexOf(b.file) ||
        (a.line ?? 0) - (b.line ?? 0) ||
        (a.column ?? 0) - (b.column ?? 0),
    );
  }
}

/** `ridgeline.config.yaml:3:5 views.contaners: unknown view "contaners"; did you mean "containers"?`, and the excerpt below. */
export function formatConfigIssue(issue: ConfigIssue): string {
  const { file, line, column, path, message, suggestion, excerpt } = issue;
  const place = [file, line, column].filter((part) => part !== undefined && part !== '').join(':');
  const where = [place, path].filter((part) => part !== '').join(' ');
  const hint = suggestion === undefined ? '' : `; ${suggestion}`;
  const drawing = excerpt === undefined ? '' : `\n${excerpt.replaceAll(/^/gm, '  ')}`;
  return `${where === '' ? '' : `${where}: `}${message}${hint}${drawing}`;
}

/** The suggestion of a nearest name, if there is one. */
export function didYouMean(nearest: string | undefined): string | undefined {
  return nearest === undefined ? undefined : `did you mean ${JSON.stringify(nearest)}?`;
}
