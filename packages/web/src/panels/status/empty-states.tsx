import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { PageState } from '../../state/page-state.ts';
import { showView, topViews } from '../../state/show-view.ts';
import { clauseChips } from '../filter/clause-chips.ts';
import { restoreDefaults, showAll, toggleChip } from '../filter/edit-layer.ts';
import { viewTitle } from '../parts/view-title.ts';
import { countWords } from '../words/count.ts';
import { clockWords, spanWords } from '../words/moment.ts';
import { type Age, conditionOf, type Lack } from './picture-condition.ts';
import './empty-states.css';

/** What is said where there is no picture, and above one that is not of now. */
export function EmptyStates({ state }: { readonly state: PageState }): VNode {
  const names = state.views.value.map(({ name }) => name);
  const { lack, age } = conditionOf(state.link.value, state.picture.value, state.view.value, names);
  return (
    <>
      {age !== undefined && <AgeNote age={age} />}
      {lack !== undefined && (
        <div class="lack" role="status" data-lack={lack.kind}>
          <LackNote state={state} lack={lack} />
        </div>
      )}
    </>
  );
}

/** How often the words for a span are renewed. */
const TICK_MILLIS = 1000;

function AgeNote({ age }: { readonly age: Age }): VNode {
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now();
    }, TICK_MILLIS);
    return () => clearInterval(timer);
  }, [now]);
  const since = age.kind === 'gone' ? age.since : age.staleness.since;
  const clock = clockWords(since, now.value);
  return (
    <p class="age" role="status" data-age={age.kind}>
      <b aria-hidden="true">!</b>
      {age.kind === 'gone'
        ? `The server is gone since ${clock} (${spanWords(now.value - since)}). The picture is of then; it goes on by itself.`
        : `The picture is of ${clock}: ${age.staleness.reason}`}
    </p>
  );
}

function LackNote({ state, lack }: { readonly state: PageState; readonly lack: Lack }): VNode {
  switch (lack.kind) {
    case 'connecting':
      return (
        <>
          <h2>Connecting…</h2>
          <p>Asking {state.client.options.url} for the picture.</p>
        </>
      );
    case 'unknown-view':
      return <UnknownView state={state} view={lack.view} />;
    case 'trouble':
      return (
        <>
          <h2>The server cannot draw this</h2>
          <pre>{lack.message}</pre>
          <button type="button" class="act" onClick={() => restoreDefaults(state)}>
            Without my filters and options
          </button>
        </>
      );
    case 'no-data':
      return <NoData state={state} />;
    case 'nothing-matches':
      return <NothingMatches state={state} lack={lack} />;
  }
}

function UnknownView({ state, view }: { readonly state: PageState; readonly view: string }): VNode {
  const views = state.views.value;
  const isNear = ({ name }: { readonly name: string }): boolean => name.includes(view) || view.includes(name);
  const near = views.filter(isNear);
  const offered = near.length > 0 ? near : topViews(state);
  return (
    <>
      <h2>There is no view “{view}”</h2>
      <p>{near.length > 0 ? 'Perhaps one of these:' : 'There are these:'}</p>
      <p class="choices">
        {offered.map(({ name }) => (
          <button key={name} type="button" class="act" onClick={() => showView(state, name)}>
            {viewTitle(views, name)}
          </button>
        ))}
      </p>
    </>
  );
}

function NoData({ state }: { readonly state: PageState }): VNode {
  const sources = state.picture.value?.picture.sources ?? [];
  const lacking = sources.filter((source) => source.state !== 'running' && source.message !== undefined);
  const others = topViews(state).filter(
    ({ name }) => name !== state.view.value && (state.counts.value.get(name)?.total ?? 0) > 0,
  );
  const label = viewTitle(state.views.value, state.view.value);
  return (
    <>
      <h2>{label}: nothing is reported yet</h2>
      {lacking.map(({ name, host, message }) => (
        <p key={`${name} ${host}`}>
          <b>{name}</b>: {message}
        </p>
      ))}
      {sources.length === 0 && (
        <p>No source is connected: start one, or have other hosts send their reports here.</p>
      )}
      <p>
        <code>ridgeline doctor</code> tells what this machine allows, and what each lack costs;{' '}
        <code>ridgeline sources</code> lists what can be connected.
      </p>
      {others.length > 0 && (
        <p class="choices">
          {others.map(({ name, label: other }) => (
            <button key={name} type="button" class="act" onClick={() => showView(state, name)}>
              {other} <small>{countWords(state.counts.value.get(name)?.shown ?? 0)}</small>
            </button>
          ))}
        </p>
      )}
    </>
  );
}

interface NothingMatchesProps {
  readonly state: PageState;
  readonly lack: Extract<Lack, { readonly kind: 'nothing-matches' }>;
}

/** All is hidden: which clause to drop, and how much each would show. */
function NothingMatches({ state, lack: { ledger } }: NothingMatchesProps): VNode {
  const chips = clauseChips(ledger, state.filters.value, [])
    .filter(({ count }) => count !== undefined)
    .sort(
      (a, b) =>
        (b.count?.only ?? 0) - (a.count?.only ?? 0) || (b.count?.rejected ?? 0) - (a.count?.rejected ?? 0),
    );
  const helps = chips.some(({ count }) => (count?.only ?? 0) > 0);
  return (
    <>
      <h2>Nothing matches</h2>
      <p>
        All {countWords(ledger.total)} nodes are hidden
        {ledger.orphaned > 0 && `, ${countWords(ledger.orphaned)} of them only because no connection is left`}
        .{' '}
        {chips.length > 0 &&
          (helps ? 'Drop one of these:' : 'No clause alone does it: drop several of these.')}
      </p>
      <p class="choices">
        {(helps ? chips.filter(({ count }) => (count?.only ?? 0) > 0) : chips).map((chip) => (
          <button
            key={chip.key}
            type="button"
            class="act"
            title={chip.text}
            onClick={() => toggleChip(state, chip)}
          >
            {chip.label} <small>off → +{countWords(chip.count?.only ?? 0)}</small>
          </button>
        ))}
        {ledger.orphaned > 0 && (
          <button
            type="button"
            class="act"
            onClick={() => {
              state.orphans.value = 'keep';
            }}
          >
            Keep unconnected <small>+{countWords(ledger.orphaned)}</small>
          </button>
        )}
        <button type="button" class="act" onClick={() => showAll(state)}>
          Show everything <small>+{countWords(ledger.total)}</small>
        </button>
      </p>
    </>
  );
}
