import { effect } from '@preact/signals';
import type { PageParts, ThemeChoice } from './page-state.ts';
import { tabMemory } from './tab-memory.ts';

const CHOICES: readonly string[] = ['light', 'dark', 'auto'];

/**
 * Colours the page as it was chosen, or as the system is coloured, and remembers the choice.
 *
 * @returns what ends it
 */
export function bindTheme({ state, inlets }: PageParts): () => void {
  const remembered = tabMemory.read('theme');
  if (remembered !== undefined && CHOICES.includes(remembered)) state.theme.value = remembered as ThemeChoice;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const look = (): void => {
    inlets.systemDark.value = system.matches;
  };
  look();
  system.addEventListener('change', look);
  const end = effect(() => {
    document.documentElement.dataset.theme = state.isDark.value ? 'dark' : 'light';
    const choice = state.theme.value;
    tabMemory.write('theme', choice === 'auto' ? undefined : choice);
  });
  return () => {
    end();
    system.removeEventListener('change', look);
  };
}
