import type { JSX } from 'preact';
import type { PageState, PanelName } from '../state/page-state.ts';
import { Icon, type IconName } from './icons.tsx';
import { LiveButton } from './live-button.tsx';
import { PictureChoices } from './picture-choices.tsx';
import { SearchField } from './search-field.tsx';
import { ViewTabs } from './view-tabs.tsx';
import './top-bar.css';

/** What is looked at, and how. */
export function TopBar({ state }: { readonly state: PageState }): JSX.Element {
  return (
    <header class="top-bar">
      <h1 class="brand">
        <svg width="24" height="22" viewBox="0 0 24 22" aria-hidden="true">
          <path d="M2 17L9 6l4 6 3-4 6 9" />
          <circle cx="9" cy="6" r="2.4" />
          <circle cx="16" cy="8" r="2.4" />
          <circle cx="2.6" cy="17" r="1.8" />
          <circle cx="21.4" cy="17" r="1.8" />
        </svg>
        <span>Ridgeline</span>
      </h1>
      <ViewTabs state={state} />
      <SearchField state={state} />
      <PictureChoices state={state} />
      <div class="tools">
        <ModeSwitch state={state} />
        <LiveButton state={state} />
        <PanelButton state={state} panel="export" icon="export" label="Export (e)" />
        <PanelButton state={state} panel="palette" icon="palette" label="Palette (Ctrl K)" />
        <ThemeButton state={state} />
        <PanelButton state={state} panel="keys" icon="keys" label="Keys (?)" />
      </div>
    </header>
  );
}

function ModeSwitch({ state: { mode } }: { readonly state: PageState }): JSX.Element {
  return (
    <fieldset class="switch" aria-label="Show as">
      {(['graph', 'table'] as const).map((one) => (
        <button
          type="button"
          key={one}
          aria-pressed={mode.value === one}
          onClick={() => {
            mode.value = one;
          }}
        >
          {one === 'graph' ? 'Graph' : 'Table'}
        </button>
      ))}
    </fieldset>
  );
}

/** What opens a panel. */
interface PanelButtonProps {
  readonly state: PageState;
  readonly panel: PanelName;
  readonly icon: IconName;
  readonly label: string;
}

function PanelButton({ state, panel, icon, label }: PanelButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class="tool"
      aria-label={label}
      title={label}
      aria-haspopup="dialog"
      onClick={() => {
        state.panel.value = panel;
      }}
    >
      <Icon name={icon} />
    </button>
  );
}

function ThemeButton({ state: { theme, isDark } }: { readonly state: PageState }): JSX.Element {
  const label = isDark.value ? 'Light colours (d)' : 'Dark colours (d)';
  return (
    <button
      type="button"
      class="tool"
      aria-label={label}
      title={label}
      onClick={() => {
        theme.value = isDark.value ? 'light' : 'dark';
      }}
    >
      <Icon name={isDark.value ? 'sun' : 'moon'} />
    </button>
  );
}
