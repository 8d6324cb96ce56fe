import type { SnapshotJson } from '@ridgeline/core/wire';
import type {
  AcceptedAnswer,
  CompletionAnswer,
  ErrorAnswer,
  FilterCheckAnswer,
  HiddenAnswer,
  NamedFiltersAnswer,
  StatusAnswer,
  ViewsAnswer,
  VocabularyAnswer,
} from './schema/answers.ts';
import type { DetailsAnswer, EdgeAnswer } from './schema/node.ts';
import type { LiveMessage } from './schema/picture.ts';

/** All that a server answers, by kind. */
export interface Answers {
  readonly accepted: AcceptedAnswer;
  readonly check: FilterCheckAnswer;
  readonly completion: CompletionAnswer;
  readonly details: DetailsAnswer;
  readonly edge: EdgeAnswer;
  readonly error: ErrorAnswer;
  readonly hidden: HiddenAnswer;
  readonly live: LiveMessage;
  readonly namedFilters: NamedFiltersAnswer;
  readonly snapshot: SnapshotJson;
  readonly status: StatusAnswer;
  readonly views: ViewsAnswer;
  readonly vocabulary: VocabularyAnswer;
}

export type AnswerKind = keyof Answers;

/**
 * Makes an answer of what came as JSON.
 *
 * @throws when it is none of that kind
 */
export type AnswerReader = <K extends AnswerKind>(kind: K, json: unknown) => Answers[K];
