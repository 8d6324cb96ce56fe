import * as z from 'zod';

/** An option of a source, filter or plugin, as a user needs it. */
export interface OptionDescription {
  readonly name: string;
  /** `number`, `string`, `boolean`, or the values that are allowed. */
  readonly type: string;
  readonly default?: unknown;
  readonly required: boolean;
  readonly description?: string;
}

interface PropertySchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly PropertySchema[];
  readonly items?: PropertySchema;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly description?: string;
}

/**
 * The options that a schema takes, in its order. Only zod's schemas can be asked; of others nothing is known, and the list is
 * empty.
 */
export function describeOptions(schema: unknown): readonly OptionDescription[] {
  if (!(schema instanceof z.ZodType)) return [];
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    readonly properties?: Readonly<Record<string, PropertySchema>>;
    readonly required?: readonly string[];
  };
  return Object.entries(json.properties ?? {}).map(([name, property]) => ({
    name,
    type: describeType(property),
    ...(property.default === undefined ? {} : { default: property.default }),
    required: json.required?.includes(name) ?? false,
    ...(property.description === undefined ? {} : { description: property.description }),
  }));
}

function describeType(property: PropertySchema): string {
  if (property.anyOf !== undefined) return property.anyOf.map(describeType).join(' | ');
  if (property.const !== undefined) return JSON.stringify(property.const);
  if (property.enum !== undefined) return property.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (property.type === 'array') {
    const item = describeType(property.items ?? {});
    return item.includes(' ') ? `(${item})[]` : `${item}[]`;
  }
  return `${property.type ?? 'any'}${describeRange(property)}`;
}

function describeRange({ type, minimum, exclusiveMinimum, maximum }: PropertySchema): string {
  if (type !== 'number' && type !== 'integer') return '';
  const least = exclusiveMinimum === undefined ? minimum : exclusiveMinimum;
  // zod says "safe integer" with the bounds of a double: no range that anyone set
  const isBound = (bound: number | undefined): bound is number =>
    bound !== undefined && Math.abs(bound) !== Number.MAX_SAFE_INTEGER;
  if (!isBound(least) && !isBound(maximum)) return '';
  const from = isBound(least) ? `${exclusiveMinimum === undefined ? '' : '>'}${least}` : '';
  return ` ${from}..${isBound(maximum) ? maximum : ''}`;
}
