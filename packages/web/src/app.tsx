import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { GraphCanvas } from './canvas/graph-canvas.tsx';
import { readKeys } from './keys/read-keys.ts';
import {
  DetailsPanel,
  EdgePanel,
  EmptyStates,
  ExportMenu,
  FilterBar,
  GroupPanel,
  HiddenPanel,
  KeyHelp,
  NodeTable,
  Palette,
  StatusPanel,
} from './panels/index.ts';
import type { PageState } from './state/page-state.ts';
import { TokenForm } from './token-form.tsx';
import { TopBar } from './topbar/top-bar.tsx';
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
  return (
    <div class="page">
      <TopBar state={state} />
      <FilterBar state={state} />
      <main>
        {state.mode.value === 'graph' ? <GraphCanvas state={state} /> : <NodeTable state={state} />}
        <EmptyStates state={state} />
        <DetailsPanel state={state} />
        <EdgePanel state={state} />
        <GroupPanel state={state} />
        <HiddenPanel state={state} />
        {state.link.value.kind === 'refused' && <TokenForm enter={enterToken} />}
      </main>
      <Palette state={state} />
      <ExportMenu state={state} />
      <StatusPanel state={state} />
      <KeyHelp state={state} />
    </div>
  );
}
