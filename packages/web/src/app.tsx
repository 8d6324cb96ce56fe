import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { GraphCanvas } from './canvas/graph-canvas.tsx';
import { readKeys } from './keys/read-keys.ts';
import { EmptyStates } from './panels/status/empty-states.tsx';
import type { PageState } from './state/page-state.ts';
import { TokenForm } from './token-form.tsx';
import { TopBar } from './topbar/top-bar.tsx';
import { useLatePanels } from './use-late-panels.ts';
import './style/base.css';

/** What the page is made with. */
export interface AppProps {
  readonly state: PageState;
  /** Begins anew with a token. */
  readonly enterToken: (token: string) => void;
}

/** The page: what its parts share is the state. */
export function App({ state, enterToken }: AppProps): JSX.Element {
  useEffect(() => readKeys(state), [state]);
  const late = useLatePanels().value;
  return (
    <div class="page">
      <TopBar state={state} />
      <div class="bar-place">{late !== undefined && <late.FilterBar state={state} />}</div>
      <main>
        {state.mode.value === 'graph' ? (
          <GraphCanvas state={state} />
        ) : (
          late !== undefined && <late.NodeTable state={state} />
        )}
        <EmptyStates state={state} />
        {late !== undefined && (
          <>
            <late.DetailsPanel state={state} />
            <late.EdgePanel state={state} />
            <late.GroupPanel state={state} />
            <late.HiddenPanel state={state} />
            <late.StatusPanel state={state} />
          </>
        )}
        {state.link.value.kind === 'refused' && <TokenForm enter={enterToken} />}
      </main>
      {late !== undefined && (
        <>
          <late.Palette state={state} />
          <late.ExportMenu state={state} />
          <late.KeyHelp state={state} />
        </>
      )}
    </div>
  );
}
