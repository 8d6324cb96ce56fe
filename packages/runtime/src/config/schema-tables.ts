import * as z from 'zod';
import { documentedParts, SCRIPT_ONLY } from './schema.ts';

interface Part {
  readonly [key: string]: unknown;
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Part[];
  readonly items?: Part;
  readonly additionalProperties?: Part | boolean;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly required?: readonly string[];
}

/** The tables of docs/config.md, in Markdown, by title: every key, what it takes and what it says. */
export function schemaTables(): ReadonlyMap<string, string> {
  return new Map(
    documentedParts.map(({ title, schema }) => {
      const part = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Part;
      const rows = Object.entries(part.properties ?? {}).map(([key, value]) => {
        const needed = part.required?.includes(key) === true ? ' (needed)' : '';
        return `| \`${key}\`${needed} | ${typeOf(value)} | ${value.description ?? ''} |`;
      });
      return [title, ['| key | takes | says |', '|---|---|---|', ...rows].join('\n')];
    }),
  );
}

function typeOf(part: Part): string {
  if (part.title !== undefined) return part.title;
  if (part.enum !== undefined) return part.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (part.anyOf !== undefined) {
    const alternatives = part.anyOf.filter((one) => one[SCRIPT_ONLY] !== true).map(typeOf);
    return [...new Set(alternatives)].join(' or ');
  }
  if (part.type === 'array') return `list of ${typeOf(part.items ?? {})}`;
  if (part.type === 'object') {
    const values =
      typeof part.additionalProperties === 'object' ? typeOf(part.additionalProperties) : 'anything';
    return values === 'anything' ? 'object' : `by name: ${values}`;
  }
  if (part.type === 'boolean') return '`true` or `false`';
  return part.type === 'string' ? 'text' : (part.type ?? 'anything');
}
