import type { Ledger } from '@ridgeline/core/wire';
import { countWords } from '../words/count.ts';

type ClauseCount = Ledger['clauses'][number];

/** Where a chip stands: with the choices of the view, with the config's chains, or with the reader's own filters. */
export type ChipPlace = 'view' | 'config' | 'own';

/** One clause of the layer as the filter bar shows it. */
export interface ClauseChip {
  readonly key: string;
  readonly place: ChipPlace;
  /** Its name, else its text. */
  readonly label: string;
  readonly text: string;
  /** Who asks for it, in words. */
  readonly origin: string;
  /** The option group that chose it, if one did. */
  readonly group?: string;
  /** Its row in the books; absent before the server has counted it, and while it is laid aside. */
  readonly count?: Pick<ClauseCount, 'rejected' | 'only' | 'members'>;
  readonly isOfConfig: boolean;
  /** It is one of the filters of the address, with this text. */
  readonly isOwn: boolean;
  /** It is laid aside: known, and not asked for. */
  readonly isParked: boolean;
}

/**
 * The chips of a filter bar: first what the view's options ask for, then the config, then the reader's own in the order they
 * were added, then what is laid aside.
 *
 * The ledger may lag behind the filters: a clause that is no longer asked for has no chip, one that is not yet counted has no count.
 * Laws: every clause that someone else than the reader asks for has one chip; every own filter has one chip.
 *
 * @param ledger - of the picture that is shown, if there is one
 * @param own - the filters of the address, as the server prints them
 * @param parked - the filters that are laid aside
 */
export function clauseChips(
  ledger: Ledger | undefined,
  own: readonly string[],
  parked: readonly string[],
): readonly ClauseChip[] {
  const clauses = ledger?.clauses ?? [];
  const mine = new Set(own);
  const foreign = clauses
    .filter(({ from }) => from.some(({ kind }) => kind !== 'request'))
    .map((clause) => foreignChip(clause, mine));
  const taken = new Set(foreign.map(({ text }) => text));
  const counted = new Map(clauses.map((clause) => [clause.text, clause]));
  const rank = (chip: ClauseChip): number => (chip.place === 'view' ? 0 : 1);
  return [
    ...foreign.sort((a, b) => rank(a) - rank(b)),
    ...[...mine].filter((text) => !taken.has(text)).map((text) => ownChip(text, counted.get(text))),
    ...parked.filter((text) => !mine.has(text)).map(parkedChip),
  ];
}

/** The own filters that no clause stands for: not yet counted, or not spelt as the server prints them. */
export function unsettledFilters(ledger: Ledger, own: readonly string[]): readonly string[] {
  const texts = new Set(ledger.clauses.map(({ text }) => text));
  return own.filter((text) => !texts.has(text));
}

function foreignChip(clause: ClauseCount, mine: ReadonlySet<string>): ClauseChip {
  const option = clause.from.find((origin) => origin.kind === 'option');
  const isOfView = option !== undefined || clause.from.some(({ kind }) => kind === 'view');
  return {
    key: clause.id,
    place: isOfView ? 'view' : 'config',
    label: clause.name ?? clause.text,
    text: clause.text,
    origin: clause.from.map(originWords).join(', '),
    ...(option?.kind === 'option' ? { group: option.group } : {}),
    isOfConfig: clause.from.some(({ kind }) => kind === 'config'),
    count: clause,
    isOwn: mine.has(clause.text),
    isParked: false,
  };
}

function ownChip(text: string, clause: ClauseCount | undefined): ClauseChip {
  return {
    key: clause?.id ?? text,
    place: 'own',
    label: clause?.name ?? text,
    text,
    origin: originWords({ kind: 'request' }),
    isOfConfig: false,
    ...(clause === undefined ? {} : { count: clause }),
    isOwn: true,
    isParked: false,
  };
}

function parkedChip(text: string): ClauseChip {
  return {
    key: `parked ${text}`,
    place: 'own',
    label: text,
    text,
    origin: 'laid aside',
    isOfConfig: false,
    isOwn: true,
    isParked: true,
  };
}

/** Where a clause comes from, in words. */
function originWords(origin: ClauseCount['from'][number]): string {
  switch (origin.kind) {
    case 'option':
      return `option ${origin.group} of the view`;
    case 'config':
      return `config ${origin.path}`;
    case 'request':
      return 'your filter';
    case 'view':
      return `view ${origin.view}`;
  }
}

/** A clause in a sentence: `docker.state = running (option state of the view) hides 15; without it 12 more are shown`. */
export function chipWords({ label, text, origin, count, isParked }: ClauseChip): string {
  const name = label === text ? text : `${label}: ${text}`;
  if (isParked) return `${name} (laid aside; a click asks for it again)`;
  if (count === undefined) return `${name} (${origin})`;
  const members =
    count.members === undefined ? '' : `, ${countWords(count.members.rejected)} of their members`;
  return `${name} (${origin}) hides ${countWords(count.rejected)}${members}; without it ${countWords(count.only)} more would be shown`;
}
