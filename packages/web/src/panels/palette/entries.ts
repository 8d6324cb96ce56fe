import type { NamedFilterAnswer } from '@ridgeline/client/schema';
import type { NodeSummary } from '@ridgeline/core/wire';
import { groupingsOf, metricsOf } from '@ridgeline/diagram';
import { type KeyBinding, keyBindings } from '../../keys/key-bindings.ts';
import type { PageState } from '../../state/page-state.ts';
import { showView } from '../../state/show-view.ts';
import { clauseChips } from '../filter/clause-chips.ts';
import {
  addFilter,
  chooseOption,
  currentView,
  restoreDefaults,
  showAll,
  toggleChip,
} from '../filter/edit-layer.ts';
import { chosenValues, toggleValue } from '../filter/option-choice.ts';
import { viewTitle } from '../parts/view-title.ts';
import { countWords } from '../words/count.ts';

/** Something that the palette does. */
export interface Entry {
  readonly key: string;
  readonly section: string;
  readonly label: string;
  /** What stands at its right: where it is, how many. */
  readonly hint?: string;
  /** The key that does the same. */
  readonly keys?: string;
  readonly node?: NodeSummary;
  readonly run: () => void;
}

/** All that the palette can do now, nodes left out: they are many, and found apart. */
export function paletteEntries(state: PageState, named: readonly NamedFilterAnswer[]): readonly Entry[] {
  return [
    ...viewEntries(state),
    ...optionEntries(state),
    ...filterEntries(state, named),
    ...commandEntries(state),
  ];
}

/** Goes to a node. */
export function nodeEntry(state: PageState, node: NodeSummary): Entry {
  return {
    key: `node ${node.id}`,
    section: 'Nodes',
    label: node.label,
    hint: node.labelMinor,
    node,
    run: () => {
      state.selection.value = { kind: 'node', id: node.id };
      state.canvas.value?.focus(node.id);
    },
  };
}

function viewEntries(state: PageState): readonly Entry[] {
  return state.views.value.map(({ name }) => {
    const count = state.counts.value.get(name)?.shown;
    return {
      key: `view ${name}`,
      section: 'Views',
      label: viewTitle(state.views.value, name),
      ...(count === undefined ? {} : { hint: countWords(count) }),
      run: () => showView(state, name),
    };
  });
}

function optionEntries(state: PageState): readonly Entry[] {
  return (currentView(state)?.options ?? []).flatMap((group) => {
    const chosen = chosenValues(group, { options: state.options.value, raw: state.raw.value });
    return group.values.map(({ value, label }) => ({
      key: `option ${group.id} ${value}`,
      section: 'Options',
      label,
      hint: chosen.includes(value) ? 'on' : group.id,
      run: () => chooseOption(state, group.id, toggleValue(group, chosen, value)),
    }));
  });
}

function filterEntries(state: PageState, named: readonly NamedFilterAnswer[]): readonly Entry[] {
  const chips = clauseChips(state.picture.value?.picture.ledger, state.filters.value, state.parked.value);
  return [
    ...chips.map((chip) => ({
      key: `chip ${chip.key}`,
      section: 'Filters',
      label: `${chip.isParked ? 'Apply' : 'Turn off'}: ${chip.label}`,
      ...(chip.count === undefined ? {} : { hint: `+${countWords(chip.count.only)}` }),
      run: () => toggleChip(state, chip),
    })),
    ...named
      .filter(({ parameters = [] }) => parameters.every(({ required }) => !required))
      .map(({ name, description, text }) => ({
        key: `named ${name}`,
        section: 'Filters',
        label: `Filter: ${name}`,
        hint: description ?? text,
        run: () => addFilter(state, name),
      })),
  ];
}

function commandEntries(state: PageState): readonly Entry[] {
  const command = (label: string, run: () => void): Entry => ({
    key: `command ${label}`,
    section: 'Commands',
    label,
    run,
  });
  const { metric, grouping } = state;
  const nodes = [...(state.picture.value?.nodes.values() ?? [])];
  return [
    ...keyBindings.filter(isCommand).map(({ key, shown = key, label, run }) => ({
      ...command(label, () => void run(state)),
      keys: shown,
    })),
    command('Show everything: no filter at all', () => showAll(state)),
    command('Reset filters', () => restoreDefaults(state)),
    ...metricsOf(nodes).map(({ id, label }) =>
      command(metric.value === id ? 'Fill by no metric' : `Fill by ${label}`, () => {
        metric.value = metric.value === id ? undefined : id;
      }),
    ),
    ...groupingsOf(nodes).map(({ key, label }) =>
      command(`Group by ${label}`, () => {
        grouping.value = key;
      }),
    ),
  ];
}

/** Whether a key does something that one would look up by its name. */
function isCommand({ key }: KeyBinding): boolean {
  return !key.startsWith('Arrow') && key !== 'Escape' && key !== 'Ctrl+k';
}
