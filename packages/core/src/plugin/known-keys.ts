/** What a schema of zod's says of itself; of any other nothing is known. */
interface Definition {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly innerType?: unknown;
  /** Of a pipe: what it is given. */
  readonly in?: unknown;
  readonly valueType?: unknown;
  readonly element?: unknown;
  readonly options?: readonly unknown[];
}

/**
 * The keys that an object at a path may have, as far as a schema tells, so that a mistyped one can be told with the
 * nearest: only zod's schemas do, of others the list is empty. No zod is imported for that.
 */
export function knownKeys(schema: unknown, path: readonly PropertyKey[] = []): readonly string[] {
  return keysOf(schema, path, 0);
}

function keysOf(schema: unknown, path: readonly PropertyKey[], at: number): readonly string[] {
  const definition = definitionOf(schema);
  if (definition === undefined) return [];
  if (definition.options !== undefined)
    return definition.options.flatMap((option) => keysOf(option, path, at));
  const inner = definition.innerType ?? definition.in;
  if (inner !== undefined) return keysOf(inner, path, at);
  const step = path[at];
  if (step === undefined) return Object.keys(definition.shape ?? {});
  if (definition.shape !== undefined) return keysOf(definition.shape[String(step)], path, at + 1);
  return keysOf(definition.valueType ?? definition.element, path, at + 1);
}

function definitionOf(schema: unknown): Definition | undefined {
  if (typeof schema !== 'object' || schema === null || !('_zod' in schema)) return undefined;
  return (schema as { _zod: { def: Definition } })._zod.def;
}
