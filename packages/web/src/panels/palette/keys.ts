import { keyBindings } from '../../keys/key-bindings.ts';

/** Keys that belong together, as the help lists them. */
export interface KeyGroup {
  readonly label: string;
  readonly keys: readonly { readonly keys: readonly string[]; readonly what: string }[];
}

/** Keys that only a part of the page reads, while it has the focus. */
const OF_PARTS: readonly KeyGroup[] = [
  {
    label: 'In the list of nodes',
    keys: [
      { keys: ['→', '←'], what: 'Along an edge: to a server, to a client' },
      { keys: ['Enter'], what: 'Open the details' },
    ],
  },
  {
    label: 'In the table',
    keys: [
      { keys: ['↑', '↓', 'PgUp', 'PgDn'], what: 'Walk the rows' },
      { keys: ['Home', 'End'], what: 'First row, last row' },
      { keys: ['Enter'], what: 'Open the details' },
    ],
  },
  {
    label: 'In a filter',
    keys: [
      { keys: ['Tab'], what: 'Take what is offered' },
      { keys: ['↑', '↓'], what: 'Choose among what is offered' },
      { keys: ['Enter'], what: 'Add the filter' },
      { keys: ['Esc'], what: 'Offer nothing; then empty the field' },
    ],
  },
];

/** All keys: those of the page as they are bound, then those of its parts. */
export function keyGroups(): readonly KeyGroup[] {
  const sections = [...new Set(keyBindings.map(({ section }) => section))];
  return [
    ...sections.map((section) => ({
      label: section,
      keys: keyBindings
        .filter((binding) => binding.section === section)
        .map(({ key, shown = key, label }) => ({ keys: [shown], what: label })),
    })),
    ...OF_PARTS,
  ];
}
