import { describe } from './describe-value.ts';

/** The part of a schema's issue that our words are made of; only zod says more than the message. */
export interface SchemaFault {
  readonly message: string;
  readonly code?: unknown;
  readonly origin?: unknown;
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^Invalid input: /, ''],
  [/, received .*$/, ''],
  [/\bexpected (?:array|tuple|set)\b/, 'expected a list'],
  [/\bexpected (?:record|object|map)\b/, 'expected an object'],
  [/\bexpected string\b(?! to)/, 'expected a text'],
  [/\bexpected (?:number|int)\b(?! to)/, 'expected a number'],
  [/\bexpected boolean\b/, 'expected true or false'],
  [/^(?:Too small|Too big): expected \w+ to (?:be|have) (.*)$/, 'expected $1'],
  [/^Invalid option: expected one of (.*)$/, 'expected one of $1'],
  [/"\|"/g, '", "'],
];

/**
 * What a schema has against a value, as a user would say it.
 *
 * @param value - what was given; `undefined` for nothing
 */
export function sayFault(fault: SchemaFault, value: unknown): string {
  if (fault.code === 'too_small' && value === '') return 'it is empty';
  const said = WORDS.reduce((text, [from, to]) => text.replace(from, to), fault.message);
  const got = value === undefined ? '' : `, got ${describe(value)}`;
  return `${said.charAt(0).toLowerCase()}${said.slice(1)}${got}`;
}
