import type { Ledger, SourceStatus } from '@ridgeline/core/wire';
import { countWords } from '../words/count.ts';

/** Something that the picture does not know. */
export interface LossNote {
  /** The same for the same lack, whatever its figure. */
  readonly key: string;
  readonly text: string;
  readonly isGrave: boolean;
}

/** What is missing: facts that sources lost, and sources that do not work as they should. Hidden is not lost. */
export function lossNotes(lost: Ledger['lost'], sources: readonly SourceStatus[]): readonly LossNote[] {
  return [
    ...lost
      .filter(({ count }) => count > 0)
      .map(({ source, host, what, count }) => ({
        key: `lost ${source} ${host} ${what}`,
        text: `${source} lost ${countWords(count)} ${what}${placeWords(host)}`,
        isGrave: false,
      })),
    ...sources.filter(isLacking).map(({ name, host, state, message }) => ({
      key: `${state} ${name} ${host}`,
      text: `${name}${placeWords(host)} ${stateWords(state)}${message === undefined ? '' : `: ${message}`}`,
      isGrave: state === 'failed',
    })),
  ];
}

function isLacking({ state }: SourceStatus): boolean {
  return state === 'degraded' || state === 'stale' || state === 'failed';
}

function stateWords(state: SourceStatus['state']): string {
  switch (state) {
    case 'failed':
      return 'failed';
    case 'stale':
      return 'has sent nothing for a while';
    default:
      return `is ${state}`;
  }
}

function placeWords(host: string): string {
  return host === '' ? '' : ` on ${host}`;
}
