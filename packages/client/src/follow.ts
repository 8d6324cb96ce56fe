import {
  applyRelink,
  type DeltaJson,
  type NodeId,
  type NodeSummary,
  readDelta,
  type SnapshotJson,
} from '@ridgeline/core/wire';
import type { AnswerReader } from './answer-reader.ts';
import { addressOf, type ClientOptions } from './client.ts';
import type { LiveMessage, TroubleJson } from './schema/picture.ts';
import type { ViewQuery } from './schema/requests.ts';

/** The part of a WebSocket that is used: the browser's own has it, and so has that of package `ws`. */
export interface SocketLike {
  onopen?: ((event: unknown) => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: unknown) => void) | null;
  onerror: ((event: unknown) => void) | null;
  close(): void;
}

/** A picture as it is held, and its place in the sequence of the server. */
export interface Followed {
  readonly epoch: string;
  readonly seq: number;
  /** The newest picture without its nodes. */
  readonly picture: Omit<SnapshotJson, 'nodes' | 'seq'>;
  readonly nodes: ReadonlyMap<NodeId, NodeSummary>;
}

/** What a reader of a live view is told. */
export interface FollowListener {
  /** The picture changed: by a patch of these ids, or wholly. */
  changed(followed: Followed): void;
  trouble?(trouble: TroubleJson): void;
  /** The connection stands (again); where nothing was missed, no picture follows. */
  opened?(): void;
  /** The connection was lost, and is tried again after the wait. */
  cut?(waitMillis: number): void;
}

/** How a live view is followed. */
export interface FollowOptions extends ClientOptions {
  readonly view: string;
  readonly query?: ViewQuery;
  readonly open?: (url: string, protocols: readonly string[]) => SocketLike;
  /** The first wait after a cut; it doubles from cut to cut. */
  readonly retryMillis?: number;
  /** The longest wait; half a minute when left out. */
  readonly longestWaitMillis?: number;
  /** Nothing at all for so long is a cut, too: the server sends a heartbeat every 15 s. */
  readonly silenceMillis?: number;
}

const LONGEST_WAIT = 30_000;

/**
 * Follows a live view, over any number of cuts: it comes back with the place it holds, and is given what it missed, or a
 * whole picture. A patch that does not fit is never applied; a new connection asks for a whole picture then.
 *
 * @param read - checks a message, or trusts it
 * @returns what ends it
 */
export function followWith(read: AnswerReader, options: FollowOptions, listener: FollowListener): () => void {
  const { retryMillis = 500, longestWaitMillis = LONGEST_WAIT, silenceMillis = 45_000 } = options;
  const open = options.open ?? openSocket;
  let held: Followed | undefined;
  let failures = 0;
  let isDone = false;
  let socket: SocketLike | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const connect = (): void => {
    const address = addressOf(options.url, `/views/${encodeURIComponent(options.view)}/live`, {
      ...options.query,
      ...(held === undefined ? {} : { epoch: held.epoch, from: held.seq }),
    });
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const current = open(address.href, options.token === undefined ? [] : [`bearer.${options.token}`]);
    socket = current;
    const lose = (): void => {
      if (socket !== current) return;
      socket = undefined;
      current.close();
      clearTimeout(timer);
      if (isDone) return;
      const wait = Math.min(longestWaitMillis, retryMillis * 2 ** Math.min(failures++, 10));
      listener.cut?.(wait);
      timer = setTimeout(connect, wait);
    };
    const watchSilence = (): void => {
      clearTimeout(timer);
      timer = setTimeout(lose, silenceMillis);
    };
    current.onopen = () => {
      if (socket === current) listener.opened?.();
    };
    current.onclose = lose;
    current.onerror = lose;
    current.onmessage = ({ data }) => {
      if (socket !== current) return;
      watchSilence();
      const message = readMessage(read, String(data));
      if (message === undefined) {
        held = undefined;
        lose();
        return;
      }
      failures = 0;
      // The reader stays connected, also while it holds nothing yet.
      if (message.kind === 'trouble') {
        listener.trouble?.(message);
        return;
      }
      const next = take(held, message);
      if (next === undefined) {
        held = undefined;
        lose();
      } else if (next !== held) {
        held = next;
        listener.changed(next);
      }
    };
    watchSilence();
  };
  connect();
  return () => {
    isDone = true;
    clearTimeout(timer);
    const last = socket;
    socket = undefined;
    last?.close();
  };
}

function readMessage(read: AnswerReader, text: string): LiveMessage | undefined {
  try {
    return read('live', JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What is held after a message; `undefined` when it does not fit what is held. */
function take(held: Followed | undefined, message: Exclude<LiveMessage, TroubleJson>): Followed | undefined {
  switch (message.kind) {
    case 'heartbeat':
      return held !== undefined && message.epoch === held.epoch && message.seq === held.seq
        ? held
        : undefined;
    case 'reset': {
      const delta = readDelta(message as DeltaJson);
      if (delta.kind !== 'reset') return undefined;
      const { nodes, ...picture } = delta.snapshot;
      return { epoch: message.epoch, seq: message.seq, picture: withoutAbsent(picture), nodes };
    }
    case 'patch': {
      if (held === undefined || held.epoch !== message.epoch || held.seq !== message.from) return undefined;
      const nodes = new Map(held.nodes);
      for (const id of message.remove) nodes.delete(id);
      for (const node of [...message.add, ...message.update]) nodes.set(node.id, node);
      for (const change of message.relink ?? []) {
        const node = nodes.get(change.id);
        if (node === undefined) return undefined;
        nodes.set(change.id, applyRelink(node, change));
      }
      // Known ids keep their places in a map: only new ones need to be put in order.
      const ordered =
        message.add.length === 0 ? nodes : new Map([...nodes].sort(([a], [b]) => (a < b ? -1 : 1)));
      const { at, ledger, sources, stale } = message;
      const { view } = held.picture;
      return {
        epoch: held.epoch,
        seq: message.seq,
        picture: withoutAbsent({ view, at, ledger, sources, stale }),
        nodes: ordered,
      };
    }
  }
}

type Pictured = Omit<Followed['picture'], 'stale'> & {
  readonly stale?: Followed['picture']['stale'] | undefined;
};

function withoutAbsent({ stale, ...picture }: Pictured): Followed['picture'] {
  return stale === undefined ? picture : { ...picture, stale };
}

/** The platform's own WebSocket, where it has one. */
function openSocket(url: string, protocols: readonly string[]): SocketLike {
  const { WebSocket } = globalThis as unknown as {
    WebSocket?: new (url: string, protocols: string[]) => SocketLike;
  };
  if (WebSocket === undefined)
    throw new TypeError('this platform has no WebSocket: give `open`, for instance with that of package ws');
  return new WebSocket(url, [...protocols]);
}
