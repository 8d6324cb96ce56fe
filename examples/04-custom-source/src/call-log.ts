import {
  type EdgeFact,
  type Millis,
  makeReport,
  type Report,
  type SourceContext,
  TopologyBuilder,
  taggedId,
} from '@ridgeline/core';
import { parseCall } from './calls.ts';

/** Ids of apps: `web;<app>`. */
export const appId = taggedId('app');

type Fact = Omit<EdgeFact, 'source' | 'guessed'>;

/** What was read so far. A report replaces the one before, so each says all that still counts. */
export class CallLog {
  readonly #source: string;
  readonly #keepMillis: Millis;
  /** By who called, by who was called. */
  readonly #facts = new Map<string, Map<string, Fact>>();
  #lost = 0;
  #before: Millis | undefined;

  /** @param keepMillis - how long a call is shown after it was last seen */
  constructor(source: string, keepMillis: Millis) {
    this.#source = source;
    this.#keepMillis = keepMillis;
  }

  get lost(): number {
    return this.#lost;
  }

  add(lines: readonly string[]): void {
    for (const line of lines) {
      const call = parseCall(line);
      if (call === undefined) {
        this.#lost++;
        continue;
      }
      const { from, to, bytes = 0 } = call;
      const at = Date.parse(call.at);
      const heads = this.#facts.get(from) ?? new Map<string, Fact>();
      this.#facts.set(from, heads);
      const known = heads.get(to);
      heads.set(to, {
        firstSeen: Math.min(known?.firstSeen ?? at, at),
        lastSeen: Math.max(known?.lastSeen ?? at, at),
        connections: (known?.connections ?? 0) + 1,
        bytesOut: (known?.bytesOut ?? 0) + bytes,
        bytesIn: 0,
      });
    }
  }

  report({ host, now, symbols }: SourceContext): Report {
    const table = symbols();
    const to = Math.max(now(), this.#before ?? 0);
    const apps = new TopologyBuilder('app', table, to);
    for (const [from, heads] of this.#facts) {
      for (const [head, fact] of heads) {
        if (to - fact.lastSeen > this.#keepMillis) heads.delete(head);
        else {
          apps.row(appId.encode(head));
          const row = apps.row(appId.encode(from));
          apps.edge(row, appId.encode(head), { source: this.#source, ...fact, guessed: false });
        }
      }
    }
    const lost = { source: this.#source, host, what: 'lines that say no call', count: this.#lost };
    const window = { from: this.#before ?? to, to };
    this.#before = to;
    return makeReport({
      origin: { source: this.#source, host },
      symbols: table,
      window,
      topologies: [apps.build()],
      lost: this.#lost === 0 ? [] : [lost],
    });
  }
}
