/** The keys of the page, as the help lists them. */
export interface KeyGroup {
  readonly label: string;
  readonly keys: readonly { readonly keys: readonly string[]; readonly what: string }[];
}

export const KEY_GROUPS: readonly KeyGroup[] = [
  {
    label: 'Everywhere',
    keys: [
      { keys: ['Ctrl K'], what: 'Palette: everything by its name' },
      { keys: ['/'], what: 'Search, in words or in the filter language' },
      { keys: ['g', 't'], what: 'Graph, table' },
      { keys: ['p'], what: 'Pause, go on live' },
      { keys: ['h'], what: 'What the filters hide' },
      { keys: ['s'], what: 'Sources and faults' },
      { keys: ['e'], what: 'Export' },
      { keys: ['d'], what: 'Dark or light colours' },
      { keys: ['?'], what: 'This list' },
      { keys: ['Esc'], what: 'Close what is open, then forget the selection' },
    ],
  },
  {
    label: 'Graph',
    keys: [
      { keys: ['f'], what: 'Fit the picture' },
      { keys: ['+', '−'], what: 'Zoom' },
      { keys: ['Tab'], what: 'Walk the nodes' },
      { keys: ['→', '←'], what: 'Along an edge: to a server, to a client' },
      { keys: ['Enter'], what: 'Open the details of a node' },
    ],
  },
  {
    label: 'Table',
    keys: [
      { keys: ['↑', '↓', 'PgUp', 'PgDn'], what: 'Walk the rows' },
      { keys: ['Home', 'End'], what: 'First row, last row' },
      { keys: ['Enter'], what: 'Open the details of a row' },
    ],
  },
  {
    label: 'Filters',
    keys: [
      { keys: ['Tab'], what: 'Take what is offered' },
      { keys: ['↑', '↓'], what: 'Choose among what is offered' },
      { keys: ['Enter'], what: 'Add the filter' },
      { keys: ['Esc'], what: 'Offer nothing; then empty the field' },
    ],
  },
];
