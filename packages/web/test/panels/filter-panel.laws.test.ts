import { normalize, parseFilter, printFilter } from '@ridgeline/core/filter';
import { filterExprs, law } from '@ridgeline/testkit';
import * as fc from 'fast-check';
import { it } from 'vitest';
import { clauseChips } from '../../src/panels/filter/clause-chips.ts';
import { moveActive, openCompletion, takeItem } from '../../src/panels/filter/completion.ts';
import { splitConjuncts } from '../../src/panels/filter/conjuncts.ts';
import { markMistake, mendMistake } from '../../src/panels/filter/mistake-mark.ts';
import { toggleValue } from '../../src/panels/filter/option-choice.ts';
import { clauses, ledger } from './arbitraries.ts';

const options = { test: it };

law(
  options,
  'panels/conjuncts',
  'splitConjuncts(printFilter(e)) = the conjuncts of normalize(e), each printed',
  [filterExprs()],
  (expr) => {
    const normal = normalize(expr);
    const parts = normal.kind === 'and' ? normal.of : [normal];
    return JSON.stringify(splitConjuncts(printFilter(normal))) === JSON.stringify(parts.map(printFilter));
  },
);

law(
  options,
  'panels/conjuncts-read',
  'each part of a printed filter can be read',
  [filterExprs()],
  (expr) => {
    const printed = printFilter(normalize(expr));
    // Limits on size hold for any text, and say nothing of the parts.
    return !parseFilter(printed).ok || splitConjuncts(printed).every((part) => parseFilter(part).ok);
  },
);

law(
  options,
  'panels/chips',
  'every clause of others has one chip, every own filter one, every other filter laid aside one',
  [
    clauses(),
    fc.uniqueArray(fc.constantFrom('system', 'cpu > 5', 'new')),
    fc.uniqueArray(fc.constantFrom('old', 'new')),
  ],
  (list, own: readonly string[], parked: readonly string[]) => {
    const chips = clauseChips(ledger(list), own, parked);
    const texts = chips.map(({ text }) => text);
    const foreign = list.filter(({ from }) => from.some(({ kind }) => kind !== 'request'));
    const wanted = new Set<string>([...foreign.map(({ text }) => text), ...own, ...parked]);
    return (
      texts.length === wanted.size &&
      texts.every((text) => wanted.has(text)) &&
      chips.every(({ isParked, count, text }) => !isParked || (count === undefined && !own.includes(text)))
    );
  },
);

const offered = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 })
  .map((values) => values.map((value) => ({ value, label: value })));

law(
  options,
  'panels/options',
  'a union toggled twice is what it was, in the order of the group; a choice of one is what was clicked',
  [offered, fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd')), fc.nat()],
  (values, some, at) => {
    const group = { id: 'g', default: '', selectType: 'union' as const, values };
    const chosen = values.map(({ value }) => value).filter((value) => some.includes(value));
    const clicked = values[at % values.length]?.value ?? '';
    const twice = toggleValue(group, toggleValue(group, chosen, clicked), clicked);
    const one = toggleValue({ ...group, selectType: 'one' }, chosen, clicked);
    return JSON.stringify(twice) === JSON.stringify(chosen) && one.length === 1 && one[0] === clicked;
  },
);

law(
  options,
  'panels/mistakes',
  'what is marked is in the text, with what stands beside it; a mended text has the suggestion there',
  [fc.string(), fc.nat(40), fc.nat(20), fc.integer({ min: 4, max: 60 })],
  (text, offset, length, width) => {
    const { before, marked, after } = markMistake(text, { offset, length }, width);
    const whole = before.replace(/^…/, '') + marked.replace(/…$/, '') + after.replace(/…$/, '');
    const mended = mendMistake(text, { code: '', message: '', offset, length, suggestion: 'name' });
    return (
      (text.includes('…') || text.includes(whole)) &&
      before.length + marked.length + after.length <= width + 3 &&
      mended === `${text.slice(0, offset)}name${text.slice(offset + length)}`
    );
  },
);

law(
  options,
  'panels/completion',
  'any steps keep to the items; what is taken stands before the caret, and the text behind it stays',
  [
    fc.string(),
    fc.nat(),
    fc.array(fc.constantFrom<1 | -1>(1, -1)),
    fc.array(fc.constantFrom('label.', 'name', 'nginx', '"a b"')),
  ],
  (text, place, steps, texts) => {
    const at = place % (text.length + 1);
    const from = at - (at % 3);
    const items = texts.map((each) => ({ text: each, kind: 'value' as const }));
    const completion = steps.reduce(moveActive, openCompletion({ text, at }, { from, items }));
    const taken = takeItem(completion, completion.active);
    if (taken === undefined) return completion.active === -1;
    const item = completion.items[completion.active]?.text ?? '';
    return (
      taken.text.slice(0, taken.at).trimEnd().endsWith(item.trimEnd()) &&
      taken.text.startsWith(text.slice(0, from)) &&
      taken.text.slice(taken.at) === text.slice(at)
    );
  },
);
