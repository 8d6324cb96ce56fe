import type { Layout, LayoutOptions, Scene } from '@ridgeline/diagram';
import { type PackedScene, packScene } from './packed-scene.ts';

/** What is asked of the desk. */
export interface LayoutQuestion {
  /** Which picture it is: each has places of its own. */
  readonly key: string;
  readonly scene: Scene;
  readonly options: LayoutOptions;
  /** The places from before the page was loaded, as text; of use only the first time. */
  readonly remembered?: string;
}

/** The same as it is sent to the worker. */
export interface LayoutOrder extends Omit<LayoutQuestion, 'scene'> {
  readonly scene: PackedScene;
}

/** What the worker answers. */
export interface LayoutAnswer {
  readonly layout: Layout;
  /** How long it took. */
  readonly millis: number;
}

/**
 * Has pictures laid out by a worker. One at a time: of those that are asked for meanwhile only the newest is done, since
 * nobody would see the others.
 */
export class LayoutDesk {
  readonly #worker: Worker;
  readonly #answered: (question: LayoutQuestion, answer: LayoutAnswer) => void;
  #current: LayoutQuestion | undefined;
  #next: LayoutQuestion | undefined;

  constructor(answered: (question: LayoutQuestion, answer: LayoutAnswer) => void) {
    this.#answered = answered;
    this.#worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
      const question = this.#current;
      const next = this.#next;
      this.#current = undefined;
      this.#next = undefined;
      if (next !== undefined) this.#send(next);
      if (question !== undefined) this.#answered(question, data);
    };
  }

  /** Whether something is being laid out. */
  get isBusy(): boolean {
    return this.#current !== undefined;
  }

  ask(question: LayoutQuestion): void {
    if (this.#current === undefined) this.#send(question);
    // Tidy is not forgotten because a picture came right after it.
    else this.#next = this.#next?.options.fresh === true ? fresh(question) : question;
  }

  close(): void {
    this.#worker.terminate();
  }

  #send(question: LayoutQuestion): void {
    this.#current = question;
    const order: LayoutOrder = { ...question, scene: packScene(question.scene) };
    this.#worker.postMessage(order);
  }
}

function fresh(question: LayoutQuestion): LayoutQuestion {
  return { ...question, options: { ...question.options, fresh: true } };
}
