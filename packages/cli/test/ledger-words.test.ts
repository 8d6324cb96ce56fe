import { type ClauseCount, describeLedger } from '@ridgeline/core';
import { describe, expect, it } from 'vitest';
import { ledgerLines } from '../src/format/ledger-words.ts';
import { plainStyle } from '../src/terminal/style.ts';
import { ledger } from './snapshots.ts';

function clause(name: string, rejected: number, only: number, over: Partial<ClauseCount> = {}): ClauseCount {
  return { id: name, text: `not ${name}`, name, from: [{ kind: 'request' }], rejected, only, ...over };
}

describe('the books in words', () => {
  it('say what is hidden and by what', () => {
    const books = ledger({
      total: 88,
      shown: 69,
      filtered: 19,
      orphaned: 4,
      clauses: [clause('system', 15, 12), clause('nothing', 0, 0)],
    });
    expect(describeLedger(books)).toBe('69 of 88 shown, 19 hidden: system 15, unconnected 4');
  });

  it('say nothing more where nothing is hidden', () => {
    expect(describeLedger(ledger({ total: 1200, shown: 1200 }))).toBe('1,200 of 1,200 shown');
  });

  it('tell of nodes that more than one clause hides', () => {
    const books = ledger({
      total: 10,
      shown: 4,
      filtered: 6,
      clauses: [clause('a', 4, 2), clause('b', 4, 2)],
    });
    expect(describeLedger(books)).toBe('4 of 10 shown, 6 hidden: a 4, b 4 (2 of them by more than one)');
  });

  it('tell of groups that no clause hides alone', () => {
    const books = ledger({
      total: 10,
      shown: 7,
      filtered: 3,
      clauses: [clause('a', 1, 1), clause('b', 1, 1)],
    });
    expect(describeLedger(books)).toBe('7 of 10 shown, 3 hidden: a 1, b 1, several together 1');
  });

  it('go line by line: clauses with their origins, members, edges, and what was lost apart', () => {
    const books = ledger({
      total: 2,
      shown: 1,
      filtered: 1,
      edges: { total: 3, shown: 1 },
      clauses: [
        clause('Application containers', 1, 1, {
          members: { rejected: 2, only: 2 },
          from: [
            { kind: 'config', path: 'views.images.filters[0]' },
            { kind: 'option', group: 'system', value: 'application' },
          ],
        }),
      ],
      members: { total: 4, shown: 2, filtered: 2 },
      lost: [{ source: 'ebpf', host: 'web-1', what: 'events', count: 1204 }],
    });
    expect(ledgerLines(books, plainStyle)).toEqual([
      '1 of 2 shown, 1 hidden: Application containers 1',
      '  Application containers: not Application containers  hides 1, without it +1, members 2  config views.images.filters[0] and --option system=application',
      'members: 2 of 4 shown, 2 hidden',
      'edges: 1 of 3 shown',
      'lost, not hidden: 1,204 events (ebpf on web-1)',
    ]);
  });
});
