import type { JSX } from 'preact';
import type { PageState } from './state/page-state.ts';
import { TokenForm } from './token-form.tsx';
import './style/base.css';

/** What the page is made with. */
export interface AppProps {
  readonly state: PageState;
  /** Begins anew with a token. */
  readonly enterToken: (token: string) => void;
}

/** The page: what its parts share is the state. */
export function App({ state, enterToken }: AppProps): JSX.Element {
  return (
    <div class="page">
      <header>{state.view}</header>
      <main>{state.link.value.kind === 'refused' && <TokenForm enter={enterToken} />}</main>
    </div>
  );
}
