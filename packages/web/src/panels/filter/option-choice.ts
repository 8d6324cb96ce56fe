import type { OptionGroupAnswer } from '@ridgeline/client/schema';

/** What is asked of the option groups of a view. */
export interface OptionChoice {
  /** The chosen values by group, as the address has them. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  /** Defaults are left out. */
  readonly raw: boolean;
}

/**
 * The values of a group that hold now: those of the address, else what the config chose, else the view's default; none where those are
 * left out.
 */
export function chosenValues(group: OptionGroupAnswer, { options, raw }: OptionChoice): readonly string[] {
  const asked = options[group.id];
  if (asked !== undefined) return asked.filter((value) => value !== '');
  if (raw) return [];
  if (group.configured !== undefined) return group.configured.filter((value) => value !== '');
  return group.default === '' ? [] : [group.default];
}

/** The values of a group after one of them was clicked: the only one, or one more or less of several, in the group's order. */
export function toggleValue(
  group: OptionGroupAnswer,
  chosen: readonly string[],
  value: string,
): readonly string[] {
  if (group.selectType === 'one') return [value];
  const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
  const order = group.values.map((offered) => offered.value);
  // A chosen value that is no longer offered (a namespace that is gone) stays chosen, in front.
  return [...next].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}
