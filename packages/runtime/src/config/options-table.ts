import type { FilterDef } from '@ridgeline/core';
import { describeOptions, type OptionDescription } from '../describe-options.ts';

/**
 * The options that a schema takes, as a table in Markdown for a page: what each takes, its default and what it says
 * (`.describe(…)`). Only zod's schemas can be asked; of others the table has no rows.
 *
 * @example
 * const table = optionsTable(z.strictObject({ label: z.string().default('team').describe('the label that names the team') }));
 */
export function optionsTable(schema: unknown): string {
  const rows = describeOptions(schema).map(({ name, type, required, default: preset, description }) => [
    `\`${name}\`${required ? ' (needed)' : ''}`,
    `\`${type.replaceAll('|', '\\|')}\``,
    preset === undefined ? '' : `\`${JSON.stringify(preset)}\``,
    description ?? '',
  ]);
  return tableOf(['option', 'takes', 'default', 'says'], rows);
}

/** Named filters, with what each takes and keeps, as a table in Markdown for a page. */
export function filtersTable(filters: readonly FilterDef[]): string {
  const rows = [...filters]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((filter) => [`\`${filter.name}\``, argumentsOf(filter), filter.description]);
  return tableOf(['filter', 'takes', 'keeps'], rows);
}

function argumentsOf({ parameters, options }: FilterDef): string {
  const known = describeOptions(options);
  return parameters
    .map(({ name, required }) => {
      const type = known.find((option: OptionDescription) => option.name === name)?.type ?? 'any';
      return `\`${name}${required ? '' : '?'}: ${type.replaceAll('|', '\\|')}\``;
    })
    .join(', ');
}

function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return lines
    .join('\n')
    .replaceAll('| --- ', '|---')
    .replaceAll('|--- |', '|---|')
    .replaceAll(/ {2,}\|/g, ' |');
}
