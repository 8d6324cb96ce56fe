import type { CompletionAnswer } from '@ridgeline/client/schema';

/** A text that is typed, and the place of the caret, in UTF-16 units. */
export interface Typed {
  readonly text: string;
  readonly at: number;
}

/** What may stand at a place: what the server knows, or a word of the language itself. */
export interface CompletionItem {
  readonly text: string;
  readonly kind: CompletionAnswer['items'][number]['kind'] | 'word';
  readonly description?: string;
  /** How many nodes have it. */
  readonly count?: number;
}

/** What is offered for a typed text. */
export interface Completion extends Typed {
  /** An item replaces the text from here to the caret. */
  readonly from: number;
  readonly items: readonly CompletionItem[];
  /** Which item Enter and Tab take; -1: none yet. */
  readonly active: number;
}

/** Nothing is offered. */
export const NO_COMPLETION: Completion = Object.freeze({ text: '', at: 0, from: 0, items: [], active: -1 });

/** What is offered once the server has answered; nothing when the text is complete as it stands. */
export function openCompletion(
  typed: Typed,
  answer: { readonly from: number; readonly items: readonly CompletionItem[] },
): Completion {
  const word = typed.text.slice(answer.from, typed.at);
  const items = answer.items.filter(({ text }) => text !== word);
  return { ...typed, from: answer.from, items, active: -1 };
}

/** The next item, or the one before; past the last comes none, and then the first again. */
export function moveActive(completion: Completion, step: 1 | -1): Completion {
  const count = completion.items.length;
  if (count === 0) return completion;
  const places = count + 1;
  const active = ((completion.active + 1 + step + places) % places) - 1;
  return { ...completion, active };
}

/**
 * The text with an item in its place, and the caret behind it. After a field or value comes a blank, so that typing goes on; not after
 * `label.`, which wants a key, and not where there is one already.
 *
 * @returns `undefined` for no such item
 */
export function takeItem(completion: Completion, index: number): Typed | undefined {
  const item = completion.items[index];
  if (item === undefined) return undefined;
  const { text, at, from } = completion;
  const rest = text.slice(at);
  const blank =
    item.text.endsWith('.') || item.text.endsWith('(') || item.kind === 'filter' || rest.startsWith(' ')
      ? ''
      : ' ';
  const head = text.slice(0, from) + item.text + blank;
  return { text: head + rest, at: head.length };
}

const word = (text: string, description: string): CompletionItem => ({ text, kind: 'word', description });

const OPERATORS: readonly CompletionItem[] = [
  word('=', 'is'),
  word('!=', 'is not'),
  word('~', 'matches a pattern'),
  word('!~', 'does not match'),
  word('in (', 'is one of'),
  word('>', 'is more than'),
  word('<', 'is less than'),
];
const CONNECTIVES: readonly CompletionItem[] = [word('and', 'both hold'), word('or', 'one of them holds')];

/** Quoted, or up to the next blank or sign. */
const VALUE = String.raw`(?:"(?:[^"\\]|\\.)*"|[^\s"(),=<>~!]+)`;
const AFTER_TEST = new RegExp(String.raw`(?:=|<|>|~)\s*${VALUE}\s+$|\)\s*$`, 'u');
const AFTER_NAME = /(?:^|[\s(])(?!(?:and|or|not|in|has)\s+$)[\p{L}_][\p{L}\p{N}_.\-/:]*\s+$/iu;

/**
 * The words of the language that go on after what stands before the caret: an operator behind a name, `and` and `or` behind a whole
 * test. Names and values are the server's to say.
 *
 * @returns `undefined` where a name or a value is wanted, or is being typed
 */
export function nextWords({ text, at }: Typed): readonly CompletionItem[] | undefined {
  const before = text.slice(0, at);
  if (AFTER_TEST.test(before)) return CONNECTIVES;
  return AFTER_NAME.test(before) ? [...OPERATORS, ...CONNECTIVES] : undefined;
}
