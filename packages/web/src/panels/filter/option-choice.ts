import type { OptionGroupAnswer } from '@ridgeline/client/schema';
import type { Ledger } from '@ridgeline/core/wire';

/** What is asked of the option groups of a view. */
export interface OptionChoice {
  /** The chosen values by group, as the address has them. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  /** Defaults are left out. */
  readonly raw: boolean;
  readonly ledger: Ledger | undefined;
}

/**
 * The values of a group that hold now: those of the address, else those that the clauses of the picture were made by (a config may
 * have chosen them), else the view's default.
 *
 * A value without a clause leaves no trace in the books, so a config that chooses one is not seen here.
 */
export function chosenValues(
  group: OptionGroupAnswer,
  { options, raw, ledger }: OptionChoice,
): readonly string[] {
  const asked = options[group.id];
  if (asked !== undefined) return asked.filter((value) => value !== '');
  if (raw) return [];
  for (const { from } of ledger?.clauses ?? []) {
    for (const origin of from) {
      if (origin.kind === 'option' && origin.group === group.id) return origin.value.split(',');
    }
  }
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
