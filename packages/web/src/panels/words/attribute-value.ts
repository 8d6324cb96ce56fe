import { countWords } from './count.ts';
import { agoWords, spanWords } from './moment.ts';

const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * A value of a node as it is read by people.
 *
 * @param dataType - of its template: `datetime` (ISO 8601 or milliseconds since 1970), `duration` (seconds), `number`; what is none of
 *   them, and what does not look like its type, stands as it is
 * @param now - the end of the picture's window, in milliseconds since 1970
 */
export function attributeWords(value: string, dataType: string | undefined, now: number): string {
  switch (dataType) {
    case 'datetime': {
      const at = instantOf(value);
      return at === undefined ? value : agoWords(at, now);
    }
    case 'duration':
      return NUMBER.test(value) ? spanWords(Number(value) * 1000) : value;
    case 'number':
      // An id is a number, too: only long ones are grouped, and a pid never gets there.
      return NUMBER.test(value) && Math.abs(Number(value)) >= 1e8 ? countWords(Number(value)) : value;
    default:
      return value;
  }
}

/** What a value is sorted by: numbers and instants as numbers, all else as text. */
export function attributeOrder(value: string, dataType: string | undefined): number | string {
  if (dataType === 'datetime') return instantOf(value) ?? value;
  // Addresses look like numbers only in part; what is one wholly is one, whatever its template forgot to say.
  return dataType !== 'ip' && NUMBER.test(value) ? Number(value) : value;
}

function instantOf(value: string): number | undefined {
  const at = NUMBER.test(value) ? Number(value) : Date.parse(value);
  return Number.isFinite(at) ? at : undefined;
}
