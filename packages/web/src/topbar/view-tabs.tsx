import { Fragment, type JSX } from 'preact';
import type { PageState } from '../state/page-state.ts';
import { showView, topOf, topViews, viewsBelow } from '../state/show-view.ts';

/** The views with what each shows, and the ways to look at the chosen one. */
export function ViewTabs({ state }: { readonly state: PageState }): JSX.Element {
  const chosen = topOf(state, state.view.value);
  const variants = viewsBelow(state, chosen);
  return (
    <nav class="views" aria-label="Views">
      {topViews(state).map(({ name, label }) => (
        <Fragment key={name}>
          <button
            type="button"
            class="tab"
            data-view={name}
            aria-current={name === chosen ? 'page' : undefined}
            onClick={() => showView(state, name)}
          >
            {label} <Count state={state} view={name} />
          </button>
          {name === chosen && variants.length > 0 && (
            <select
              class="choice"
              aria-label="What is one node"
              value={state.view.value}
              onChange={(event) => showView(state, event.currentTarget.value)}
            >
              <option value={chosen}>one by one</option>
              {variants.map((variant) => (
                <option key={variant.name} value={variant.name}>
                  {variant.label}
                </option>
              ))}
            </select>
          )}
        </Fragment>
      ))}
    </nav>
  );
}

function Count({ state, view }: { readonly state: PageState; readonly view: string }): JSX.Element | null {
  const shownView = topOf(state, state.view.value) === view ? state.view.value : view;
  const count = state.counts.value.get(shownView);
  if (count === undefined) return null;
  return (
    <small title={`${count.shown.toLocaleString('en')} of ${count.total.toLocaleString('en')} shown`}>
      {count.shown.toLocaleString('en')}
    </small>
  );
}
