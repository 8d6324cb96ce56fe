import type { Running } from './run-cli.ts';

/** A picture as `view --format json` writes it. */
export interface Picture {
  readonly nodes: readonly { readonly id: string; readonly adjacency: readonly string[] }[];
  readonly ledger: {
    readonly lost: readonly { readonly source: string; readonly what: string; readonly count: number }[];
  };
  readonly sources: readonly {
    readonly name: string;
    readonly state: string;
    readonly message?: string;
    readonly facts?: Readonly<Record<string, unknown>>;
  }[];
}

/** The pictures that a command writes, one a line. */
export class Pictures {
  readonly all: Picture[] = [];
  readonly #waiting = new Set<() => void>();

  constructor({ child }: Running) {
    let rest = '';
    child.stdout.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.all.push(JSON.parse(line) as Picture);
      for (const look of this.#waiting) look();
    });
  }

  /** The place of the first picture from `start` on that is as asked for. */
  find(what: string, start: number, isIt: (picture: Picture) => boolean): Promise<number> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const at = this.all.findIndex((picture, index) => index >= start && isIt(picture));
        if (at < 0) return;
        clearTimeout(patience);
        this.#waiting.delete(look);
        resolve(at);
      };
      const patience = setTimeout(() => {
        reject(new Error(`${what}: never seen; last: ${JSON.stringify(this.all.at(-1)?.sources)}`));
      }, 20_000);
      this.#waiting.add(look);
      look();
    });
  }
}

/** What a source says of itself in a picture. */
export const factOf = (picture: Picture | undefined, source: string, fact: string): unknown =>
  picture?.sources.find(({ name }) => name === source)?.facts?.[fact];
