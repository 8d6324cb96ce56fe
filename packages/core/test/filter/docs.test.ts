import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as filter from '../../src/filter/index.ts';

const page = readFileSync(new URL('../../../../docs/filter-language.md', import.meta.url), 'utf8');

/** The fenced blocks of a language, in order. */
function blocks(language: string): string[] {
  return Array.from(page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms')), ([, body = '']) =>
    body.trimEnd(),
  );
}

function normalOf(text: string): filter.FilterExpr {
  const parsed = filter.parseFilter(text);
  if (!parsed.ok)
    throw new Error(parsed.errors.map((error) => filter.formatFilterError(text, error)).join('\n'));
  return parsed.expr;
}

describe('docs/filter-language.md', () => {
  const [first = '', definitions = '', error = ''] = blocks('text');

  it('begins with a filter', () => {
    expect(filter.printFilter(normalOf(first))).toContain('docker.state = running');
  });

  it('defines named filters that expand as it says', () => {
    const named = new Map<string, filter.NamedFilter>();
    for (const line of definitions.split('\n')) {
      const [, name = '', parameters = '', text = ''] = /^(\w+)(?:\((\w+)\))? +(.*)$/.exec(line) ?? [];
      const list = parameters === '' ? [] : [{ name: parameters }];
      named.set(name, { name, parameters: list, expr: normalOf(text) });
    }
    const [, from = '', to = ''] = /Then `(.*)` expands to `(.*)`/.exec(page) ?? [];
    expect(filter.expandFilters(normalOf(from), named)).toEqual({ ok: true, expr: normalOf(to) });
    const [, withList = ''] = /also for a list: `(.*?)`/.exec(page) ?? [];
    expect(filter.expandFilters(normalOf(withList), named).ok).toBe(true);
  });

  it('shows an error as it is drawn', () => {
    const text = error.split('\n')[1]?.trim() ?? '';
    const known: filter.KnownNames = {
      isField: (name) => name === 'docker.state',
      fields: () => ['docker.state'],
      filter: () => undefined,
      filters: () => [],
    };
    const parsed = filter.parseFilter(text, known);
    expect(parsed.ok ? [] : parsed.errors.map((fault) => filter.formatFilterError(text, fault))).toEqual([
      error,
    ]);
  });

  it('has one filter in YAML and in TypeScript', () => {
    const { and, bytes, not, oneOf, test } = filter;
    const typescript = and(
      oneOf('docker.state', ['running', 'paused']),
      test('metric.memory', '>', bytes(10 * 1024 ** 2)),
      not(test('label.team', '=', 'payments')),
      test('name', '~', '^web-'),
    );
    const json = {
      and: [
        { 'docker.state': ['running', 'paused'] },
        { 'metric.memory': { '>': '10MB' } },
        { not: { 'label.team': 'payments' } },
        'name ~ "^web-"',
      ],
    };
    expect(filter.filterFromJson(json)).toEqual({ ok: true, expr: filter.normalize(typescript) });
    // the page has these very lines
    expect(blocks('ts')[0]).toContain("test('metric.memory', '>', bytes(10 * 1024 ** 2)),");
    expect(blocks('yaml filter')[0]).toContain('- metric.memory: { ">": 10MB }');
  });

  it('states the limits that hold', () => {
    const { textLength, nesting, levels, patternLength } = filter.filterLimits;
    for (const limit of [textLength.toLocaleString('en'), nesting, levels, patternLength]) {
      expect(page).toContain(String(limit));
    }
  });

  it('tells what a missing field and a set mean', () => {
    const rows = Array.from(
      page.matchAll(/^\| (none|a|b|a, b) \| (.*) \|$/gm),
      ([, nets = '', cells = '']) => ({
        nets: nets === 'none' ? [] : nets.split(', '),
        cells: cells.replaceAll('*', '').split(' | '),
      }),
    );
    expect(rows).toHaveLength(4);
    for (const { nets, cells } of rows) {
      const answers = ['nets = a', 'nets != a', 'not nets = a'].map((text) =>
        filter.evaluate(normalOf(text), () => nets) ? 'yes' : 'no',
      );
      expect(cells).toEqual(answers);
    }
  });
});
