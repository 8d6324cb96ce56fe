import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

/** What a server answered, as far as it has. */
export interface Answer<T> {
  /** The newest answer to the question. */
  readonly value?: T;
  /** Why there is no newer one. */
  readonly problem?: string;
}

interface Held<T> extends Answer<T> {
  readonly key: string;
  /** Which of the questions it answers: the first is 1. */
  readonly turn: number;
}

/** The shortest pause between two times that one thing is asked. */
const PAUSE_MILLIS = 1000;

/**
 * Asks the server, and asks again when what it depends on has changed, at most once a second. An answer never takes the place of one to
 * a later question; while it is asked again the last answer stays.
 *
 * @param key - what is asked: with another key nothing of the old answer is kept
 * @param version - asked again when this is another than it was
 */
export function useAnswer<T>(key: string, version: unknown, ask: () => Promise<T>): Answer<T> {
  const held = useSignal<Held<T>>({ key, turn: 0 });
  const last = useRef({ key: '', at: 0, turn: 0 });
  useEffect(() => {
    const wait =
      last.current.key === key ? Math.max(0, last.current.at + PAUSE_MILLIS - performance.now()) : 0;
    const timer = setTimeout(() => {
      const turn = last.current.turn + 1;
      last.current = { key, at: performance.now(), turn };
      const isNewest = (): boolean => last.current.key === key && held.peek().turn < turn;
      ask().then(
        (value) => {
          if (isNewest()) held.value = { key, turn, value };
        },
        (error: unknown) => {
          const problem = error instanceof Error ? error.message : String(error);
          const { key: heldKey, value } = held.peek();
          if (!isNewest()) return;
          held.value = { key, turn, problem, ...(heldKey === key && value !== undefined ? { value } : {}) };
        },
      );
    }, wait);
    return () => clearTimeout(timer);
  }, [key, version]);
  return held.value.key === key ? held.value : {};
}
