import type * as z from 'zod';

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly innerType?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
}

/**
 * The keys that an object at a path may have, as far as a schema tells: only zod's own do, of others the list is empty.
 */
export function knownKeys(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  return keysOf(schema, path, 0);
}

function keysOf(schema: unknown, path: readonly PropertyKey[], at: number): readonly string[] {
  const definition = definitionOf(schema);
  if (definition === undefined) return [];
  if (definition.options !== undefined)
    return definition.options.flatMap((option) => keysOf(option, path, at));
  if (definition.innerType !== undefined) return keysOf(definition.innerType, path, at);
  const step = path[at];
  if (step === undefined) return Object.keys(definition.shape ?? {});
  if (definition.shape !== undefined) return keysOf(definition.shape[String(step)], path, at + 1);
  return keysOf(definition.valueType ?? definition.element, path, at + 1);
}

function definitionOf(schema: unknown): Definition | undefined {
  if (typeof schema !== 'object' || schema === null || !('_zod' in schema)) return undefined;
  return (schema as { _zod: { def: Definition } })._zod.def;
}
