import * as z from 'zod';
import type { OfferedSource } from './resolve-sources.ts';
import { configSchema, SCRIPT_ONLY } from './schema.ts';

interface JsonSchema {
  [key: string]: unknown;
  type?: unknown;
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
}

/**
 * The JSON Schema of config files in JSON and YAML, for editors.
 *
 * @param sources - whose options it describes, too
 */
export function configJsonSchema(
  sources: readonly Pick<OfferedSource, 'def'>[] = [],
): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(configSchema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      const part = jsonSchema as JsonSchema;
      // What only a script can say is nothing that an editor of JSON could offer.
      if (part.anyOf !== undefined) part.anyOf = part.anyOf.filter((one) => one[SCRIPT_ONLY] !== true);
    },
  }) as JsonSchema;
  const known = schema.properties?.sources;
  if (known !== undefined) {
    known.properties = Object.fromEntries(sources.map(({ def }) => [def.name, sourceSchema(def)]));
  }
  return schema;
}

function sourceSchema(def: OfferedSource['def']): JsonSchema {
  const own: unknown = def.options;
  const options: JsonSchema = own instanceof z.ZodType ? optionsSchema(own) : { type: 'object' };
  return { description: def.description, anyOf: [{ type: 'boolean' }, options] };
}

/** As the config takes options: where they are numbers, quantities are good, too (`2s`). */
function optionsSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...options } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      const part = jsonSchema as JsonSchema;
      if (part.type === 'number' || part.type === 'integer') part.type = [part.type, 'string'];
    },
  }) as JsonSchema;
  return options;
}
