import type { StatusAnswer } from '@ridgeline/client/schema';
import type { VNode } from 'preact';
import type { PageState } from '../../state/page-state.ts';
import { lossNotes } from '../filter/loss-notes.ts';
import { Sheet } from '../parts/sheet.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { countWords, numbered } from '../words/count.ts';
import { agoWords, clockWords } from '../words/moment.ts';
import './status-panel.css';

/** How the sources are, what they lost, and what went wrong in plugins. */
export function StatusPanel({ state }: { readonly state: PageState }): VNode | null {
  return state.panel.value === 'status' ? <OpenStatus state={state} /> : null;
}

function OpenStatus({ state }: { readonly state: PageState }): VNode {
  const picture = state.picture.value?.picture;
  const { value, problem } = useAnswer('status', state.picture.value?.seq, () => state.client.status());
  const sources = picture?.sources ?? value?.sources ?? [];
  const now = picture?.at ?? 0;
  const lost = lossNotes(picture?.ledger.lost ?? [], []);
  return (
    <Sheet
      label="Sources"
      class="status-panel"
      onClose={() => {
        state.panel.value = 'none';
      }}
      head={
        <div>
          <h2>Sources</h2>
          {value !== undefined && (
            <p>
              Ridgeline {value.version} on {value.hostname}
              {value.readOnly && ', read only'}
            </p>
          )}
        </div>
      }
    >
      {problem !== undefined && <p class="lone note">{problem}</p>}
      {sources.map((source) => (
        <Source key={`${source.name} ${source.host}`} source={source} now={now} />
      ))}
      {sources.length === 0 && <p class="lone note">No source is connected, and nothing was sent in.</p>}
      {lost.length > 0 && (
        <section aria-label="Lost">
          <h3>
            Lost<b>{lost.length}</b>
          </h3>
          {lost.map(({ key, text }) => (
            <p key={key}>{text}</p>
          ))}
        </section>
      )}
      {value !== undefined && value.faults.length > 0 && (
        <section aria-label="Faults of plugins">
          <h3>
            Faults of plugins<b>{value.faults.length}</b>
          </h3>
          {value.faults.map((fault) => (
            <p key={fault} class="fault">
              {fault}
            </p>
          ))}
        </section>
      )}
    </Sheet>
  );
}

interface SourceProps {
  readonly source: StatusAnswer['sources'][number];
  readonly now: number;
}

function Source({ source, now }: SourceProps): VNode {
  const { name, host, state, message, facts = {}, since, lastReport, reports, refused } = source;
  return (
    <section class="source" aria-label={`Source ${name} ${host}`.trim()}>
      <p class={`source-state ${state}`}>
        <i aria-hidden="true" />
        <b>{name}</b> {host !== '' && <span>on {host}</span>}
        <em title={`since ${clockWords(since, now)}`}>{state}</em>
      </p>
      {message !== undefined && <p class="message">{message}</p>}
      <dl>
        <div>
          <dt>Reports</dt>
          <dd>
            {countWords(reports)}
            {lastReport !== undefined && `, the last ${agoWords(lastReport, now)}`}
            {refused > 0 && <span class="refused">, {numbered(refused, 'report')} refused</span>}
          </dd>
        </div>
        {Object.entries(facts).map(([key, value]) => (
          <div key={key}>
            <dt>{factLabel(key)}</dt>
            <dd>{typeof value === 'number' ? countWords(value) : String(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** `unattributedSockets` → `Unattributed sockets` */
function factLabel(key: string): string {
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
