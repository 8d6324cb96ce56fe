import type { CompletionAnswer } from '@ridgeline/client/schema';
import type { FieldColumn } from '@ridgeline/core';
import type { Outlook } from '../outlook.ts';

type Item = CompletionAnswer['items'][number];

/** How many items a completion has at most. */
const ITEMS = 100;

/** What a name of the filter language is made of; some labels of Docker and Kubernetes have slashes. */
const NAME = /^[\p{L}_][\p{L}\p{N}_.\-/:]*$/u;

/** What may stand at a place of a filter: after a comparison the values that exist now, else fields and filters. */
export function answerCompletion(
  outlook: Outlook,
  view: string,
  text: string,
  at: number = text.length,
): CompletionAnswer {
  const before = text.slice(0, at);
  const comparison =
    /([\p{L}_][\p{L}\p{N}_.\-/:]*)\s*(?:!=|=|!~|~|\bin\s*\((?:[^()]*,)?)\s*("?[^\s"(),]*)$/u.exec(before);
  if (comparison !== null) {
    const [, field = '', word = ''] = comparison;
    const items = valuesOf(outlook, view, field, word.replace(/^"/, ''));
    if (items !== undefined) return { from: before.length - word.length, items };
  }
  const word = /[\p{L}\p{N}_.\-/:]*$/u.exec(before)?.[0] ?? '';
  const items = [...membersOf(outlook, view, word), ...namesOf(outlook)]
    .filter((item) => item.text.toLowerCase().includes(word.toLowerCase()))
    .sort(
      (a, b) =>
        rankOf(a.text, word) - rankOf(b.text, word) ||
        (b.count ?? 0) - (a.count ?? 0) ||
        (a.text < b.text ? -1 : 1),
    );
  return { from: before.length - word.length, items: items.slice(0, ITEMS) };
}

/** All fields and filters; a family of fields as what its members begin with. */
function namesOf({ engine, filters }: Outlook): readonly Item[] {
  const { registry } = engine;
  return [
    ...registry.fields
      .list()
      .map(({ name, description }) => ({ text: name, kind: 'field' as const, description })),
    ...[...filters.named.keys()].map((name) => ({ text: name, kind: 'filter' as const })),
    ...[...registry.filters.values()].map(({ name, description }) => ({
      text: name,
      kind: 'filter' as const,
      description,
    })),
  ];
}

/** The members that there are of the families that a word has entered: `label.ap` has, `lab` has not. */
function membersOf(outlook: Outlook, view: string, word: string): readonly Item[] {
  const families = outlook.engine.registry.fields
    .list()
    .filter(
      (field) => field.members !== undefined && word.toLowerCase().startsWith(field.name.toLowerCase()),
    );
  if (families.length === 0) return [];
  const whole = outlook.whole(view);
  const items = new Map<string, Item>();
  for (const family of families) {
    const { name, description } = family;
    for (const [member, count] of family.members?.(whole) ?? []) {
      const text = name + member;
      // What cannot be written is no help; what is a field of its own (metric.cpu) is listed as such.
      if (!NAME.test(text) || outlook.engine.registry.fields.find(text)?.field.name !== name) continue;
      items.set(text, { text, kind: 'field', description, count });
    }
  }
  return [...items.values()];
}

function rankOf(text: string, word: string): number {
  return text.toLowerCase().startsWith(word.toLowerCase()) ? 0 : 1;
}

/** The values of a field on the nodes of a view, the most frequent first; `undefined` for no field. */
function valuesOf(outlook: Outlook, view: string, name: string, prefix: string): readonly Item[] | undefined {
  const found = outlook.engine.registry.fields.find(name);
  if (found === undefined) return undefined;
  const whole = outlook.whole(view);
  const column = found.field.read(whole, found.member);
  const counts = new Map<string, number>();
  for (let row = 0; row < whole.size; row++) {
    for (const value of valuesAt(column, whole.symbols, row)) {
      if (value.startsWith(prefix)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, ITEMS)
    .map(([value, count]) => ({ text: literal(value), kind: 'value', count }));
}

function valuesAt(
  column: FieldColumn,
  symbols: { text(symbol: number): string },
  row: number,
): readonly string[] {
  if (column.kind === 'values') return column.of(row).map(String);
  const symbol = column.column[row] as number;
  return symbol < 0 ? [] : [symbols.text(symbol)];
}

/** A value as it can stand in a filter. */
function literal(value: string): string {
  return /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(value) ? value : JSON.stringify(value);
}
