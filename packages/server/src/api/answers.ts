import type {
  CompletionAnswer,
  DetailsAnswer,
  FilterCheckAnswer,
  HiddenAnswer,
  ViewQuery,
  ViewsAnswer,
  VocabularyAnswer,
} from '@ridgeline/client/schema';
import {
  nodeDetails,
  offeredValues,
  parseFilter,
  printFilter,
  type Registry,
  RidgelineError,
  summarize,
} from '@ridgeline/core';
import { pictureOf } from '@ridgeline/core/live';
import { type SnapshotJson, snapshotJson } from '@ridgeline/core/wire';
import type { Outlook } from '../outlook.ts';
import { viewRequest } from './view-request.ts';

/** The views with the values that their options have now. */
export function answerViews(outlook: Outlook): ViewsAnswer {
  const { context } = outlook;
  return {
    views: [...outlook.engine.registry.views.values()].map((view) => ({
      name: view.name,
      label: view.label,
      rank: view.rank,
      ...(view.parent === undefined ? {} : { parent: view.parent }),
      hideIfEmpty: view.hideIfEmpty,
      options: view.options.map((group) => ({
        id: group.id,
        default: group.default,
        selectType: group.selectType,
        ...(group.noneLabel === undefined ? {} : { noneLabel: group.noneLabel }),
        values: offeredValues(group, context).map(({ value, label }) => ({ value, label })),
      })),
    })),
  };
}

/** The picture of now. It is no part of a sequence: its `seq` is 0. */
export function answerSnapshot(outlook: Outlook, view: string, query: ViewQuery): SnapshotJson {
  const snapshot = outlook.render(viewRequest(outlook.engine.registry, view, query));
  return snapshotJson(pictureOf(snapshot, outlook.sources), 0);
}

/** What a layer hides, node by node; by the clauses that `ledger.clauses[].rejected` counts. */
export function answerHidden(outlook: Outlook, view: string, query: ViewQuery): HiddenAnswer {
  const request = viewRequest(outlook.engine.registry, view, query);
  const snapshot = outlook.render(request);
  const layer = outlook.layer(request);
  const rejected = layer.clauses.map((clause) => [clause.id, outlook.rejectedBy(view, clause)] as const);
  const kept = outlook.keptByClauses(view, layer);
  const whole = outlook.whole(view);
  const hidden: HiddenAnswer['hidden'][number][] = [];
  for (let row = 0; row < whole.size; row++) {
    const id = whole.idOf(row);
    if (snapshot.topology.rowOf(id) !== undefined) continue;
    hidden.push({
      node: summarize(whole, row, outlook.engine.registry.definitions, outlook.report),
      clauses: rejected.filter(([, ids]) => ids.has(id)).map(([clause]) => clause),
      orphaned: kept.rowOf(id) !== undefined,
    });
  }
  return { ledger: snapshot.ledger, hidden: hidden.sort((a, b) => (a.node.id < b.node.id ? -1 : 1)) };
}

/** @throws RidgelineError `UNKNOWN_NAME` when the view has no such node */
export function answerDetails(outlook: Outlook, view: string, id: string, query: ViewQuery): DetailsAnswer {
  const scope = outlook.detailsScope(viewRequest(outlook.engine.registry, view, query));
  const node = nodeDetails(id, scope);
  if (node === undefined) throw unknownNode(view, id);
  return {
    hidden: scope.shown.rowOf(id) === undefined,
    // Definitions of controls and columns are plain data, whatever their members.
    node: node as unknown as DetailsAnswer['node'],
  };
}

/** A node that a view does not have. */
export function unknownNode(view: string, id: string): RidgelineError {
  return new RidgelineError('UNKNOWN_NAME', `view ${view} has no node ${JSON.stringify(id)}`, { view, id });
}

/** What is wrong with a filter's text. */
export function answerCheck(registry: Registry, text: string): FilterCheckAnswer {
  const parsed = parseFilter(text, registry.knownNames);
  return parsed.ok ? { ok: true, text: printFilter(parsed.expr) } : { ok: false, errors: parsed.errors };
}

/** The names that filters may use. */
export function answerVocabulary(registry: Registry): VocabularyAnswer {
  return {
    fields: registry.fields.list().map(({ name, description }) => ({ name, description })),
    filters: [...registry.filters.values()]
      .map(({ name, description, parameters }) => ({
        name,
        description,
        parameters: parameters.map((parameter) => ({ name: parameter.name, required: parameter.required })),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** How many items a completion has at most. */
const ITEMS = 100;

/** What may stand at a place of a filter: after a comparison the values that exist now, else fields and filters. */
export function answerCompletion(
  outlook: Outlook,
  view: string,
  text: string,
  at: number = text.length,
): CompletionAnswer {
  const before = text.slice(0, at);
  const comparison =
    /([\p{L}_][\p{L}\p{N}_.\-/]*)\s*(?:!=|=|!~|~|\bin\s*\((?:[^()]*,)?)\s*("?[^\s"(),]*)$/u.exec(before);
  if (comparison !== null) {
    const [, field = '', word = ''] = comparison;
    const items = valuesOf(outlook, view, field, word.replace(/^"/, ''));
    if (items !== undefined) return { from: before.length - word.length, items };
  }
  const word = /[\p{L}\p{N}_.\-/]*$/u.exec(before)?.[0] ?? '';
  const { registry } = outlook.engine;
  const fields = registry.fields
    .list()
    .map(({ name, description }) => ({ text: name, kind: 'field' as const, description }));
  const filters = [...registry.filters.values()].map(({ name, description }) => ({
    text: name,
    kind: 'filter' as const,
    description,
  }));
  const items = [...fields, ...filters]
    .filter((item) => item.text.toLowerCase().includes(word.toLowerCase()))
    .sort((a, b) => rankOf(a.text, word) - rankOf(b.text, word) || (a.text < b.text ? -1 : 1));
  return { from: before.length - word.length, items: items.slice(0, ITEMS) };
}

function rankOf(text: string, word: string): number {
  return text.toLowerCase().startsWith(word.toLowerCase()) ? 0 : 1;
}

/** The values of a field on the nodes of a view, the most frequent first; `undefined` for no field. */
function valuesOf(
  outlook: Outlook,
  view: string,
  name: string,
  prefix: string,
): CompletionAnswer['items'] | undefined {
  const { registry } = outlook.engine;
  const found = registry.fields.find(name);
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

type Column = ReturnType<Registry['fields']['list']>[number]['read'] extends (...args: never[]) => infer C
  ? C
  : never;

function valuesAt(column: Column, symbols: { text(symbol: number): string }, row: number): readonly string[] {
  if (column.kind === 'values') return column.of(row).map(String);
  const symbol = column.column[row] as number;
  return symbol < 0 ? [] : [symbols.text(symbol)];
}

/** A value as it can stand in a filter. */
function literal(value: string): string {
  return /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(value) ? value : JSON.stringify(value);
}
