import process from 'node:process';
import type { ChildCommand, ChildOptions } from './child-messages.ts';
import type { KernelSession } from './kernel-session.ts';
import type { Sender } from './parent-channel.ts';
import { batchWorthSending, createPace } from './poll-pace.ts';

/** Counters go with an answer; a parent that asks for nothing gets them a little rarer, so that none is told twice. */
const COUNTERS_EVERY_MILLIS = 900;
const LONGEST_SILENCE_MILLIS = 1100;
/** Bytes in one message: enough for a busy tick, little enough not to hold the channel. */
const BATCH_BYTES = 1 << 18;
const NOTHING = new Uint8Array(0);

/** What a session has to say, and when it said it last. */
export class Teller {
  readonly #session: KernelSession;
  readonly #sender: Sender;
  readonly #options: ChildOptions;
  #toldMillis = Number.NEGATIVE_INFINITY;
  #countedMillis = Number.NEGATIVE_INFINITY;

  constructor(session: KernelSession, sender: Sender, options: ChildOptions) {
    this.#session = session;
    this.#sender = sender;
    this.#options = options;
  }

  /** Looks again and again. Polls rather than waits: a blocking wait would need a thread, and a wake-up for each record costs more than a look. */
  pump(): void {
    const { ringBytes, patienceMillis } = this.#options;
    const pace = createPace(ringBytes);
    const worth = batchWorthSending(ringBytes, BATCH_BYTES);
    let written = 0;
    const tick = (): void => {
      const session = this.#session;
      const now = monotonicMillis();
      const backlog = session.writtenBytes() - session.takenBytes();
      if (backlog >= worth || (backlog > 0 && now - this.#toldMillis >= patienceMillis)) this.drain();
      if (now - this.#countedMillis >= LONGEST_SILENCE_MILLIS) this.count();
      const before = written;
      written = session.writtenBytes();
      setTimeout(tick, pace(written - before));
    };
    tick();
  }

  /** Sends everything the ring holds, in order. */
  drain(): void {
    this.#toldMillis = monotonicMillis();
    while (this.#sender.hasRoom()) {
      const bytes = this.#session.take(BATCH_BYTES);
      if (bytes.length === 0) break;
      this.#sender.send({ type: 'records', bytes }, bytes.length);
    }
  }

  /** Sends everything the ring held when this was called, the last of it in the answer: mostly there is no more than that. */
  catchUp(): void {
    const now = monotonicMillis();
    const goal = this.#session.writtenBytes();
    let bytes = this.#session.take(BATCH_BYTES);
    while (this.#session.takenBytes() < goal && bytes.length > 0) {
      this.#sender.send({ type: 'records', bytes }, bytes.length);
      bytes = this.#sender.hasRoom() ? this.#session.take(BATCH_BYTES) : NOTHING;
    }
    this.#toldMillis = now;
    const isCountDue = now - this.#countedMillis >= COUNTERS_EVERY_MILLIS;
    if (isCountDue) this.#countedMillis = now;
    const counted = isCountDue ? { counters: this.#session.counters() } : {};
    this.#sender.send({ type: 'caught-up', bytes, ...counted }, bytes.length);
  }

  count(): void {
    this.#countedMillis = monotonicMillis();
    this.#sender.send({ type: 'counters', counters: this.#session.counters() });
  }

  /** What the kernel wrote before the snapshot goes before it, so that the parent can tell what is missing from it. */
  snapshot(): void {
    this.drain();
    const startedMillis = monotonicMillis();
    const rows = this.#session.snapshot();
    this.#sender.send({ type: 'snapshot', startedMillis, endedMillis: monotonicMillis(), rows }, rows.length);
    this.count();
  }

  gone({ sockets, networkNamespaces }: Extract<ChildCommand, { type: 'confirm' }>): void {
    const suspects = Array.from(sockets, (socket, index) => ({
      socket,
      networkNamespace: networkNamespaces[index] ?? 0,
    }));
    this.#sender.send({ type: 'gone', sockets: Float64Array.from(this.#session.findGone(suspects)) });
  }
}

function monotonicMillis(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
