import type { JSX } from 'preact';
import type { PageState } from './state/page-state.ts';
import './style/base.css';

/** The page: what its parts share is the state. */
export function App({ state }: { readonly state: PageState }): JSX.Element {
  return (
    <div class="page">
      <header>{state.view}</header>
      <main />
    </div>
  );
}
