import type { OptionGroupAnswer } from '@ridgeline/client/schema';
import { describe, expect, it } from 'vitest';
import { chipWords, clauseChips, unsettledFilters } from '../../src/panels/filter/clause-chips.ts';
import { nextWords, openCompletion, takeItem } from '../../src/panels/filter/completion.ts';
import { splitConjuncts } from '../../src/panels/filter/conjuncts.ts';
import { lossNotes } from '../../src/panels/filter/loss-notes.ts';
import { markMistake, mendMistake } from '../../src/panels/filter/mistake-mark.ts';
import { chosenValues } from '../../src/panels/filter/option-choice.ts';
import { clause, ledger } from './arbitraries.ts';

describe('the chips of a filter bar', () => {
  it('puts options of the view first, then the config, then own filters in their order, then what is laid aside', () => {
    const books = ledger([
      clause('b', { from: [{ kind: 'config', path: 'filters[0]' }] }),
      clause('a'),
      clause('c', { from: [{ kind: 'option', group: 'state', value: 'running' }], name: 'Running' }),
    ]);

    const chips = clauseChips(books, ['new', 'a'], ['old']);

    expect(chips.map(({ label, place, isParked }) => [label, place, isParked])).toEqual([
      ['Running', 'view', false],
      ['b', 'config', false],
      ['new', 'own', false],
      ['a', 'own', false],
      ['old', 'own', true],
    ]);
  });

  it('has no chip for a clause that is no longer asked for, and no count for one that is not yet counted', () => {
    const chips = clauseChips(ledger([clause('gone')]), ['new'], []);

    expect(chips.map(({ text, count }) => [text, count])).toEqual([['new', undefined]]);
  });

  it('shows a clause once that both the config and the reader ask for, and knows that it is of both', () => {
    const both = clause('a', { from: [{ kind: 'config', path: 'filters[0]' }, { kind: 'request' }] });

    const chips = clauseChips(ledger([both]), ['a'], []);

    expect(chips).toHaveLength(1);
    expect(chips[0]).toMatchObject({ place: 'config', isOwn: true, isOfConfig: true });
  });

  it('says what a clause hides, and what its absence would show', () => {
    const [chip] = clauseChips(ledger([clause('a', { rejected: 1500, only: 12 })]), ['a'], []);

    expect(chip && chipWords(chip)).toBe('a (your filter) hides 1,500; without it 12 more would be shown');
  });

  it('knows the filters of a link that are not spelt as the server prints them', () => {
    expect(unsettledFilters(ledger([clause('a = b')]), ['a=b', 'a = b'])).toEqual(['a=b']);
  });
});

describe('the parts of a printed filter', () => {
  it.each([
    ['a = b and c', ['a = b', 'c']],
    ['a = " and " and c', ['a = " and "', 'c']],
    ['(a or b) and not c', ['a or b', 'not c']],
    ['a or b and c', ['a or b and c']],
    ['a = "\\" and " and f(x, (y))', ['a = "\\" and "', 'f(x, (y))']],
    ['a in (b, c)', ['a in (b, c)']],
  ])('%s', (printed, parts) => {
    expect(splitConjuncts(printed)).toEqual(parts);
  });
});

describe('what goes on in a filter', () => {
  const offered = (text: string): readonly string[] | undefined =>
    nextWords({ text, at: text.length })?.map((item) => item.text);

  it.each([
    '',
    'na',
    'name =',
    'name = ng',
    'name = nginx and ',
    'not ',
    'has(',
    'name in (',
    'name in (a, ',
  ])('leaves %j to the server', (text) => {
    expect(offered(text)).toBeUndefined();
  });

  it.each(['name = nginx ', 'name = "a b" ', 'label.app != x ', 'cpu > 5% ', 'f(x) '])(
    'offers connectives after %j',
    (text) => {
      expect(offered(text)).toEqual(['and', 'or']);
    },
  );

  it.each(['name ', 'system and docker.state ', '(label.app/name '])('offers operators after %j', (text) => {
    expect(offered(text)).toContain('=');
  });

  it('does not offer what is written already, and leaves no blank before a key', () => {
    const completion = openCompletion(
      { text: 'name', at: 4 },
      {
        from: 0,
        items: [
          { text: 'name', kind: 'field' },
          { text: 'label.', kind: 'field' },
        ],
      },
    );

    expect(completion.items.map(({ text }) => text)).toEqual(['label.']);
    expect(takeItem(completion, 0)).toEqual({ text: 'label.', at: 6 });
  });

  it('puts a value between what stands before and behind the caret', () => {
    const completion = openCompletion(
      { text: 'name = ng and x', at: 9 },
      { from: 7, items: [{ text: 'nginx', kind: 'value' }] },
    );

    expect(takeItem(completion, 0)).toEqual({ text: 'name = nginx and x', at: 12 });
  });
});

describe('a mistake in a filter', () => {
  it('is marked where it is, and what comes before it is cut first', () => {
    const text = `${'a = b and '.repeat(9)}nme ~ x`;

    const { before, marked, after } = markMistake(text, { offset: 90, length: 3 }, 20);

    expect([marked, after]).toEqual(['nme', ' ~ x']);
    expect(before).toBe(`…${text.slice(77, 90)}`);
  });

  it('is mended by its suggestion, but not by one that is no text to be typed', () => {
    const mistake = { code: 'unknown', message: '', offset: 0, length: 3 };

    expect(mendMistake('nme ~ x', { ...mistake, suggestion: 'name' })).toBe('name ~ x');
    expect(mendMistake('nme ~ x', { ...mistake, suggestion: 'not … in (…)' })).toBeUndefined();
    expect(mendMistake('nme ~ x', mistake)).toBeUndefined();
  });
});

describe('the values of an option group', () => {
  const group: OptionGroupAnswer = {
    id: 'state',
    default: 'running',
    selectType: 'one',
    values: ['running', 'stopped', 'both'].map((value) => ({ value, label: value })),
  };
  const configured: OptionGroupAnswer = { ...group, configured: ['both'] };

  it('are those of the address, none being a choice', () => {
    expect(chosenValues(configured, { raw: false, options: { state: ['stopped'] } })).toEqual(['stopped']);
    expect(chosenValues(configured, { raw: false, options: { state: [] } })).toEqual([]);
  });

  it('are else those of the config, else the default', () => {
    expect(chosenValues(configured, { options: {}, raw: false })).toEqual(['both']);
    expect(chosenValues(group, { options: {}, raw: false })).toEqual(['running']);
  });

  it('are none where defaults are left out', () => {
    expect(chosenValues(configured, { options: {}, raw: true })).toEqual([]);
  });
});

describe('what a picture does not know', () => {
  it('is told by source, host and figure; what works is not mentioned', () => {
    const notes = lossNotes(
      [
        { source: 'eBPF', host: 'node-c2', what: 'events', count: 1204 },
        { source: 'eBPF', host: 'node-c3', what: 'events', count: 0 },
      ],
      [
        { name: 'procfs', host: 'a', state: 'running', since: 0, reports: 1, refused: 0 },
        {
          name: 'docker',
          host: 'a',
          state: 'failed',
          message: 'no socket',
          since: 0,
          reports: 0,
          refused: 0,
        },
      ],
    );

    expect(notes.map(({ text, isGrave }) => [text, isGrave])).toEqual([
      ['eBPF lost 1,204 events on node-c2', false],
      ['docker on a failed: no socket', true],
    ]);
  });

  it('keeps its key when its figure grows, so that what was dismissed stays so', () => {
    const lose = (count: number): string | undefined =>
      lossNotes([{ source: 'eBPF', host: 'a', what: 'events', count }], [])[0]?.key;

    expect(lose(1)).toBe(lose(2));
  });
});
