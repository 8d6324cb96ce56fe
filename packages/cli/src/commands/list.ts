import type { FilterDef, OptionGroup } from '@ridgeline/core';
import {
  builtinSources,
  createRidgeline,
  describeOptions,
  type OptionDescription,
  reverseDns,
} from '@ridgeline/runtime';
import { EXIT } from '../failure.ts';
import { type Io, styleOf, widthOf, writeLines } from '../io.ts';
import { titleOf } from '../session/live-screen.ts';
import { type ConfigFlag, loadSessionConfig } from '../session/session-config.ts';
import { type Cell, layOutColumns } from '../terminal/columns.ts';
import type { Style } from '../terminal/style.ts';
import { truncateStyled } from '../terminal/styled-width.ts';

/** The flags of the lists. */
interface ListFlags extends ConfigFlag {
  readonly json?: boolean;
}

/** `ridgeline views`: what can be looked at, with the options of each. */
export async function runViews(io: Io, flags: ListFlags): Promise<number> {
  const { engine } = createRidgeline({ plugins: (await loadSessionConfig(flags)).plugins });
  const views = [...engine.registry.views.values()].map((view) => ({
    name: view.name,
    title: titleOf(engine.registry, view.name),
    ...(view.parent === undefined ? {} : { parent: view.parent }),
    options: view.options.map(describeGroup),
  }));
  if (flags.json === true) return printJson(io, views);
  const style = styleOf(io.out, io.env);
  const rows = views.flatMap((view) => {
    const [first, ...rest] = view.options.length === 0 ? [undefined] : view.options;
    const lineOf = (option: (typeof view.options)[number] | undefined): string =>
      option === undefined
        ? ''
        : `${option.id}=${option.values.map((value) => (value === option.default ? `[${value}]` : value)).join('|')}`;
    return [[view.name, view.title, lineOf(first)], ...rest.map((option) => ['', '', lineOf(option)])];
  });
  writeTable(io, ['VIEW', 'WHAT', 'OPTIONS, [DEFAULT]'], rows, style);
  return EXIT.done;
}

function describeGroup(group: OptionGroup) {
  return {
    id: group.id,
    default: group.default,
    several: group.selectType === 'union',
    // Values that are found in reports are not known here.
    values:
      typeof group.values === 'function' ? ['(found in reports)'] : group.values.map(({ value }) => value),
  };
}

/** `ridgeline filters`: named filters with their parameters, and the fields that can be compared. */
export async function runFilters(io: Io, flags: ListFlags): Promise<number> {
  const { registry } = createRidgeline({ plugins: (await loadSessionConfig(flags)).plugins }).engine;
  const filters = [...registry.filters.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((filter) => ({
      name: filter.name,
      description: filter.description,
      parameters: parametersOf(filter),
    }));
  const fields = registry.fields.list().map(({ name, description }) => ({ name, description }));
  if (flags.json === true) return printJson(io, { filters, fields });
  const style = styleOf(io.out, io.env);
  writeTable(
    io,
    ['FILTER', 'KEEPS'],
    filters.map(({ name, description, parameters }) => [
      parameters.length === 0 ? name : `${name}(${parameters.map(describeParameter).join(', ')})`,
      description,
    ]),
    style,
  );
  io.out.write('\n');
  writeTable(
    io,
    ['FIELD', 'WHAT'],
    fields.map(({ name, description }) => [name.endsWith('.') ? `${name}…` : name, description]),
    style,
  );
  return EXIT.done;
}

/** The parameters in the order of positional arguments, with what their options say of them. */
function parametersOf(filter: FilterDef): readonly OptionDescription[] {
  const options = describeOptions(filter.options);
  return filter.parameters.map(
    ({ name, required }) => options.find((option) => option.name === name) ?? { name, required, type: 'any' },
  );
}

function describeParameter({ name, type, required, default: preset }: OptionDescription): string {
  if (preset !== undefined) return `${name}: ${type} = ${JSON.stringify(preset)}`;
  return `${name}${required ? '' : '?'}: ${type}`;
}

/** `ridgeline sources`: what can be connected, with the options of each. */
export function runSources(io: Io, flags: { readonly json?: boolean }): number {
  const own = builtinSources.map(({ def, isDefault }) => ({
    def,
    runs: isDefault ? 'yes' : `--source ${def.name}`,
  }));
  const dns = reverseDns({ report: () => createRidgeline({ plugins: [] }).engine.report });
  const sources = [...own, { def: dns, runs: '--reverse-dns' }].map(({ def, runs }) => ({
    name: def.name,
    description: def.description,
    runs,
    produces: def.produces,
    options: describeOptions(def.options),
  }));
  if (flags.json === true) return printJson(io, sources);
  const style = styleOf(io.out, io.env);
  const rows = sources.flatMap(({ name, description, runs, options }) => {
    const texts = options.length === 0 ? [''] : options.map(describeOption);
    return texts.map((text, index) => (index === 0 ? [name, runs, description, text] : ['', '', '', text]));
  });
  writeTable(io, ['SOURCE', 'RUNS', 'REPORTS', 'OPTIONS'], rows, style);
  return EXIT.done;
}

function describeOption({ name, type, required, default: preset }: OptionDescription): string {
  if (preset !== undefined)
    return `${name}=${typeof preset === 'string' ? preset : JSON.stringify(preset)}  (${type})`;
  return `${name}  (${type}${required ? ', needed' : ''})`;
}

function printJson(io: Io, value: unknown): number {
  io.out.write(`${JSON.stringify(value, undefined, 2)}\n`);
  return EXIT.done;
}

function writeTable(
  io: Io,
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
): void {
  const width = widthOf(io.out);
  const columns = headers.map((header, index) => ({
    header,
    rank: index,
    ...(index === 0 ? {} : { least: 12 }),
    cells: rows.map(
      (row): Cell => ({ text: row[index] ?? '', ...(index === 0 ? { role: 'strong' as const } : {}) }),
    ),
  }));
  writeLines(
    io.out,
    layOutColumns(columns, width, style).map((line) =>
      width === Number.POSITIVE_INFINITY ? line : truncateStyled(line, width),
    ),
  );
}
