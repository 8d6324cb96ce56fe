/** The codes of the errors that core throws: a programmer's mistake, or input that cannot be used at all. */
export type ErrorCode =
  | 'ABORTED'
  | 'BAD_DEFINITION'
  | 'BAD_ID'
  | 'BAD_OPTIONS'
  | 'BAD_REPORT'
  | 'BAD_REQUEST'
  | 'DUPLICATE_NAME'
  | 'FOREIGN_SYMBOLS'
  | 'PLUGIN_FAILED'
  /** A source cannot work here, and trying again would not help. */
  | 'UNAVAILABLE'
  | 'UNKNOWN_NAME';

/** What an error knows beside its sentence: plain data, fit for a log line. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/**
 * An error with a code, the facts of the case, and what to do about it.
 *
 * `message` is one sentence that says what is wrong and where; `fix` says what the reader may do.
 */
export class RidgelineError extends Error {
  override readonly name = 'RidgelineError';
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;
  readonly fix: string | undefined;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}, fix?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.facts = facts;
    this.fix = fix;
  }
}

/** Thrown when a render is given up between two steps of its plan; nothing is stored then (law C12). */
export function abortError(): RidgelineError {
  return new RidgelineError('ABORTED', 'the render was aborted');
}

/** An id whose parts its kind does not allow, or a text that is no id of the kind. */
export function badId(topology: string, problem: string, facts: ErrorFacts = {}): RidgelineError {
  return new RidgelineError('BAD_ID', `no id of topology "${topology}": ${problem}`, { topology, ...facts });
}

/** A topology of one symbol table was combined with symbols of another (law A4). */
export function foreignSymbols(where: string): RidgelineError {
  return new RidgelineError(
    'FOREIGN_SYMBOLS',
    `${where}: symbols of another table`,
    { where },
    'bring the report into this table with reintern() first',
  );
}

/** A definition (source, renderer, filter, view, topology, plugin) that cannot be used. */
export function badDefinition(kind: string, name: string, problem: string, fix?: string): RidgelineError {
  return new RidgelineError('BAD_DEFINITION', `${kind} "${name}": ${problem}`, { kind, name }, fix);
}

/** Two definitions of one kind share a name. */
export function duplicateName(kind: string, name: string, owners: readonly string[]): RidgelineError {
  return new RidgelineError(
    'DUPLICATE_NAME',
    `${kind} "${name}" is defined twice: by ${owners.join(' and by ')}`,
    { kind, name, owners },
    'rename one of them, or leave one of the plugins out',
  );
}

/** A name that nothing has; `nearest` is what may have been meant. */
export function unknownName(
  kind: string,
  name: string,
  known: readonly string[],
  nearest?: string,
): RidgelineError {
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  return new RidgelineError(
    'UNKNOWN_NAME',
    `unknown ${kind} "${name}"${hint}`,
    { kind, name, nearest, known },
    known.length === 0 ? undefined : `known: ${known.join(', ')}`,
  );
}

/**
 * A source that was asked for by all means cannot work on this machine: it is not tried again.
 *
 * @param reason - the missing thing, in a sentence
 * @param fix - what would help
 */
export function sourceUnavailable(source: string, reason: string, fix?: string): RidgelineError {
  return new RidgelineError(
    'UNAVAILABLE',
    `source "${source}" is required and cannot work: ${reason}`,
    { source },
    fix,
  );
}

/**
 * A function of a plugin threw or gave back what it may not; the engine adds the plugin and the view.
 *
 * An error of ours passes through as it is: it says what is wrong already.
 *
 * @param hook - which function: `group.by`, `where.keep`, `filter docker.state`, …
 * @param node - the node it was asked about
 */
export function pluginFault(hook: string, error: unknown, node?: string): RidgelineError {
  if (error instanceof RidgelineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const where = node === undefined ? '' : ` on node "${node}"`;
  return new RidgelineError(
    'PLUGIN_FAILED',
    `${hook} failed${where}: ${message}`,
    { hook, node },
    undefined,
    error,
  );
}

/** Runs a plugin's function that is about no single node; an error names the hook. */
export function inHook<T>(hook: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    // The seam to a plugin's function.
    throw pluginFault(hook, error);
  }
}

/** Runs a plugin's function for each row; an error names the hook and the row's node. */
export function forEachRow(
  hook: string,
  rows: { readonly size: number; idOf(row: number): string },
  run: (row: number) => void,
): void {
  let row = 0;
  try {
    for (; row < rows.size; row++) run(row);
  } catch (error) {
    // The seam to a plugin's function.
    throw pluginFault(hook, error, rows.idOf(row));
  }
}
