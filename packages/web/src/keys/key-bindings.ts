import { foldGroup, unpinNode } from '../canvas/on-target.ts';
import type { PageState } from '../state/page-state.ts';
import { showView, topViews } from '../state/show-view.ts';

/** A key of the page. */
export interface KeyBinding {
  /** As `KeyboardEvent.key` has it, `Ctrl+` before it where it is held (⌘ will do, too). */
  readonly key: string;
  /** How the key is written, where it is not `key`. */
  readonly shown?: string;
  readonly section: 'Look' | 'Picture' | 'Selection' | 'Panels';
  readonly label: string;
  /** @returns false when the key means nothing now: the browser may have it */
  readonly run: (state: PageState) => boolean;
}

const PAN_PIXELS = 80;
const ZOOM_STEP = 1.3;

/** Every key of the page; in fields and dialogs only those with Ctrl are read. */
export const keyBindings: readonly KeyBinding[] = Object.freeze([
  {
    key: 'Ctrl+k',
    shown: 'Ctrl K',
    section: 'Panels',
    label: 'Palette: go to a node, a view, a command',
    run: openPanel('palette'),
  },
  { key: '?', section: 'Panels', label: 'This list', run: openPanel('keys') },
  { key: 'e', section: 'Panels', label: 'Export the picture', run: openPanel('export') },
  { key: 'h', section: 'Panels', label: 'What is hidden, and by what', run: openPanel('hidden') },
  { key: 's', section: 'Panels', label: 'Sources and faults', run: openPanel('status') },
  { key: '/', section: 'Look', label: 'Search', run: () => focusField('search') },
  { key: 'i', section: 'Look', label: 'Add a filter', run: () => focusField('filter') },
  {
    key: 'g',
    section: 'Look',
    label: 'Graph',
    run: (state) => {
      state.mode.value = 'graph';
      return true;
    },
  },
  {
    key: 't',
    section: 'Look',
    label: 'Table',
    run: (state) => {
      state.mode.value = 'table';
      return true;
    },
  },
  {
    key: 'd',
    section: 'Look',
    label: 'Dark or light',
    run: (state) => {
      state.theme.value = state.isDark.value ? 'light' : 'dark';
      return true;
    },
  },
  {
    key: 'p',
    section: 'Look',
    label: 'Pause, or go on live',
    run: (state) => {
      state.paused.value = !state.paused.value;
      return true;
    },
  },
  {
    key: 'o',
    section: 'Look',
    label: 'Hidden nodes as ghosts',
    run: (state) => {
      state.ghosts.value = !state.ghosts.value;
      return true;
    },
  },
  { key: '[', section: 'Look', label: 'View before', run: (state) => stepView(state, -1) },
  { key: ']', section: 'Look', label: 'Next view', run: (state) => stepView(state, 1) },
  { key: 'f', section: 'Picture', label: 'Fit the picture', run: onCanvas((canvas) => canvas.fit()) },
  { key: 'y', section: 'Picture', label: 'Tidy: lay out afresh', run: onCanvas((canvas) => canvas.tidy()) },
  { key: '+', section: 'Picture', label: 'Nearer', run: onCanvas((canvas) => canvas.zoom(ZOOM_STEP)) },
  { key: '-', section: 'Picture', label: 'Farther', run: onCanvas((canvas) => canvas.zoom(1 / ZOOM_STEP)) },
  {
    key: 'ArrowLeft',
    shown: '←',
    section: 'Picture',
    label: 'Move left',
    run: onCanvas((canvas) => canvas.pan(PAN_PIXELS, 0)),
  },
  {
    key: 'ArrowRight',
    shown: '→',
    section: 'Picture',
    label: 'Move right',
    run: onCanvas((canvas) => canvas.pan(-PAN_PIXELS, 0)),
  },
  {
    key: 'ArrowUp',
    shown: '↑',
    section: 'Picture',
    label: 'Move up',
    run: onCanvas((canvas) => canvas.pan(0, PAN_PIXELS)),
  },
  {
    key: 'ArrowDown',
    shown: '↓',
    section: 'Picture',
    label: 'Move down',
    run: onCanvas((canvas) => canvas.pan(0, -PAN_PIXELS)),
  },
  {
    key: 'z',
    section: 'Selection',
    label: 'Go near to the selected node',
    run: (state) => {
      const { selection, canvas } = state;
      if (selection.value?.kind !== 'node') return false;
      canvas.value?.focus(selection.value.id);
      return true;
    },
  },
  {
    key: 'u',
    section: 'Selection',
    label: 'Unpin the selected node',
    run: (state) => {
      const selection = state.selection.value;
      if (selection?.kind !== 'node') return false;
      unpinNode(state, selection.id);
      return true;
    },
  },
  {
    key: 'c',
    section: 'Selection',
    label: 'Fold the selected group, or unfold it',
    run: (state) => {
      const key = selectedGroup(state);
      if (key === undefined) return false;
      foldGroup(state, key, !state.collapsed.value.has(key));
      state.selection.value = { kind: 'group', key };
      return true;
    },
  },
  {
    key: 'Escape',
    shown: 'Esc',
    section: 'Selection',
    label: 'Nothing selected',
    run: (state) => {
      if (state.selection.value === undefined) return false;
      state.selection.value = undefined;
      return true;
    },
  },
]);

function openPanel(panel: 'palette' | 'keys' | 'export' | 'hidden' | 'status'): KeyBinding['run'] {
  return (state) => {
    state.panel.value = panel;
    return true;
  };
}

function onCanvas(act: (canvas: NonNullable<PageState['canvas']['value']>) => void): KeyBinding['run'] {
  return ({ canvas }) => {
    if (canvas.value === undefined) return false;
    act(canvas.value);
    return true;
  };
}

/** Fields say by `data-field` what they are for. */
function focusField(name: 'search' | 'filter'): boolean {
  const field = document.querySelector<HTMLInputElement>(`[data-field="${name}"]`);
  field?.focus();
  field?.select();
  return field !== null;
}

function stepView(state: PageState, step: number): boolean {
  const names = topViews(state).map(({ name }) => name);
  const at = names.indexOf(state.view.value);
  const next = names[(at + step + names.length) % names.length];
  if (next === undefined) return false;
  showView(state, next);
  return true;
}

/** The group that is selected, or that the selected node is in. */
function selectedGroup(state: PageState): string | undefined {
  const selection = state.selection.value;
  if (selection?.kind === 'group') return selection.key;
  if (selection?.kind !== 'node') return undefined;
  const group = state.canvas.value?.scene.nodes.find(({ id }) => id === selection.id)?.group;
  return group === '' ? undefined : group;
}
