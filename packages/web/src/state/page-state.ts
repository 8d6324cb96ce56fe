import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { HiddenAnswer, ViewAnswer, ViewQuery } from '@ridgeline/client/schema';
import type { Client, Followed } from '@ridgeline/client/unchecked';
import type { HueBook, Layout, Scene } from '@ridgeline/diagram';
import type { Address, OrphanPolicy, Point, Selection } from './address.ts';
import type { LinkState } from './link-state.ts';
import { findByText, type SearchHits } from './search.ts';

/** What lies over the page, if anything. */
export type PanelName = 'none' | 'palette' | 'keys' | 'export' | 'hidden' | 'status';

/** How a page is coloured; `auto` asks the system. */
export type ThemeChoice = 'light' | 'dark' | 'auto';

/** How many nodes a view has, for its tab. */
export interface ViewCount {
  readonly total: number;
  readonly shown: number;
}

/** What the canvas draws, and what can be asked of it; there is none while the table is shown. */
export interface CanvasHandle {
  readonly scene: Scene;
  /** The places of this scene, or of the one before while it is being laid out. */
  readonly layout: Layout;
  readonly hues: HueBook;
  /** Brings the whole picture into sight. */
  fit(): void;
  /** Lays out afresh, forgetting all places but pins. */
  tidy(): void;
  /** By a factor, around the middle. */
  zoom(factor: number): void;
  /** Moves the picture by pixels of the screen. */
  pan(dx: number, dy: number): void;
  /** Brings a node into sight, and close. */
  focus(id: string): void;
}

/**
 * All that the parts of the page share. They read and write signals, and know nothing of each other: the address bar, the
 * socket and the canvas are bound to these signals from outside.
 */
export interface PageState {
  readonly client: Client;

  // Two-way with the address of the page: a link shows the same picture.
  readonly view: Signal<string>;
  readonly filters: Signal<readonly string[]>;
  readonly options: Signal<Readonly<Record<string, readonly string[]>>>;
  readonly orphans: Signal<OrphanPolicy | undefined>;
  /** The defaults of option groups and the config's filters are left out. */
  readonly raw: Signal<boolean>;
  readonly selection: Signal<Selection | undefined>;
  readonly search: Signal<string>;
  /** The id of the metric that nodes are filled by; `undefined`: none. */
  readonly metric: Signal<string | undefined>;
  /** The key of the grouping; `undefined`: what the picture is best told apart by. */
  readonly grouping: Signal<string | undefined>;
  /** The keys of groups that are drawn as one. */
  readonly collapsed: Signal<ReadonlySet<string>>;
  readonly mode: Signal<'graph' | 'table'>;
  readonly pins: Signal<ReadonlyMap<string, Point>>;

  // Of this tab of the browser.
  /** Filters that are laid aside: known, and not asked for. */
  readonly parked: Signal<readonly string[]>;
  /** Whether what the filters hide is drawn faintly. */
  readonly ghosts: Signal<boolean>;
  readonly theme: Signal<ThemeChoice>;
  /** The colours that this comes to now. */
  readonly isDark: ReadonlySignal<boolean>;
  /** The picture stands still; what is new is counted and not shown. */
  readonly paused: Signal<boolean>;
  readonly panel: Signal<PanelName>;

  // From the server.
  readonly views: ReadonlySignal<readonly ViewAnswer[]>;
  readonly counts: ReadonlySignal<ReadonlyMap<string, ViewCount>>;
  /** What is shown: of another view than `view` only until the first picture of that one is there. */
  readonly picture: ReadonlySignal<Followed | undefined>;
  /** How many pictures came while it was paused. */
  readonly news: ReadonlySignal<number>;
  readonly link: ReadonlySignal<LinkState>;
  /** What is hidden and why; loaded while `ghosts` is on or the panel `hidden` is open. */
  readonly hidden: ReadonlySignal<HiddenAnswer | undefined>;
  /** Written by the canvas alone. */
  readonly canvas: Signal<CanvasHandle | undefined>;
  /** The nodes that the search finds; `undefined` while nothing is searched. */
  readonly matches: ReadonlySignal<ReadonlySet<string> | undefined>;
  /** What is wrong with the text that is searched, when it is meant as a filter. */
  readonly searchProblem: ReadonlySignal<string | undefined>;
  /** What is asked of the view: filters, options and orphan policy as the API takes them. */
  readonly request: ReadonlySignal<ViewQuery>;
}

/** The signals that only those write who bring news from outside: socket, polls, the system's theme. */
export interface PageInlets {
  readonly views: Signal<readonly ViewAnswer[]>;
  readonly picture: Signal<Followed | undefined>;
  readonly news: Signal<number>;
  readonly link: Signal<LinkState>;
  readonly hidden: Signal<HiddenAnswer | undefined>;
  readonly systemDark: Signal<boolean>;
  /** What the server found; of use only while its text is the text that is searched. */
  readonly hits: Signal<SearchHits | undefined>;
}

/** A state with what is written from outside. */
export interface PageParts {
  readonly state: PageState;
  readonly inlets: PageInlets;
}

/** A state that shows an address, before anything was heard of the server. */
export function createPageState(client: Client, address: Address): PageParts {
  const inlets: PageInlets = {
    views: signal([]),
    picture: signal(undefined),
    news: signal(0),
    link: signal<LinkState>({ kind: 'connecting' }),
    hidden: signal(undefined),
    systemDark: signal(false),
    hits: signal(undefined),
  };
  const filters = signal(address.filters);
  const options = signal(address.options);
  const orphans = signal(address.orphans);
  const raw = signal(address.raw);
  const search = signal(address.search);
  const theme = signal<ThemeChoice>('auto');
  const state: PageState = {
    client,
    view: signal(address.view),
    filters,
    options,
    orphans,
    raw,
    selection: signal(address.selection),
    search,
    metric: signal(address.metric),
    grouping: signal(address.grouping),
    collapsed: signal(address.collapsed),
    mode: signal(address.mode),
    pins: signal(address.pins),
    parked: signal<readonly string[]>([]),
    ghosts: signal(false),
    theme,
    isDark: computed(() => (theme.value === 'auto' ? inlets.systemDark.value : theme.value === 'dark')),
    paused: signal(false),
    panel: signal<PanelName>('none'),
    views: inlets.views,
    counts: computed(() => countsOf(inlets.views.value, inlets.picture.value)),
    picture: inlets.picture,
    news: inlets.news,
    link: inlets.link,
    hidden: inlets.hidden,
    canvas: signal(undefined),
    matches: computed(() => {
      const text = search.value.trim();
      if (text === '') return undefined;
      const hits = inlets.hits.value;
      return hits?.text === text ? hits.ids : findByText(inlets.picture.value?.nodes.values() ?? [], text);
    }),
    searchProblem: computed(() => {
      const hits = inlets.hits.value;
      return hits?.text === search.value.trim() ? hits.problem : undefined;
    }),
    request: computed(() => viewQuery(filters.value, options.value, orphans.value, raw.value)),
  };
  return { state, inlets };
}

/** The counts of the last poll; of the view that is looked at, those of its picture. */
function countsOf(
  views: readonly ViewAnswer[],
  picture: Followed | undefined,
): ReadonlyMap<string, ViewCount> {
  const counts = new Map<string, ViewCount>();
  for (const { name, stats } of views) if (stats !== undefined) counts.set(name, stats);
  if (picture !== undefined) counts.set(picture.picture.view, picture.picture.ledger);
  return counts;
}

/** Filters, options and orphan policy as the API takes them. */
export function viewQuery(
  filters: readonly string[],
  options: Readonly<Record<string, readonly string[]>>,
  orphans: OrphanPolicy | undefined,
  raw: boolean,
): ViewQuery {
  const option = Object.entries(options).flatMap(([group, values]) =>
    // A group with nothing chosen is said so: left out it has its default.
    values.length === 0 ? [`${group}=`] : values.map((value) => `${group}=${value}`),
  );
  return {
    ...(filters.length === 0 ? {} : { filter: filters }),
    ...(option.length === 0 ? {} : { option }),
    ...(orphans === undefined ? {} : { orphans }),
    ...(raw ? { raw: 'true' as const } : {}),
  };
}
