import { emitKeypressEvents, type Key } from 'node:readline';
import type { Registry, ViewRequest } from '@ridgeline/core';
import type { Ridgeline } from '@ridgeline/core/live';
import type { Lifecycle } from '@ridgeline/runtime';
import { sceneOf } from '../format/picture.ts';
import { type Io, styleOf } from '../io.ts';
import { drawFrame } from '../terminal/frame.ts';
import { Screen } from '../terminal/screen.ts';
import { watchChanges } from './watch-changes.ts';

/** Milliseconds between two frames, at least. */
const FRAME = 100;

const KEYS = 'q quit   tab next view   ↑ ↓ scroll   m map   o unconnected';

/** What a key does; several names for one where terminals differ. */
const ACTIONS: Readonly<
  Record<
    string,
    'quit' | 'next' | 'previous' | 'up' | 'down' | 'pageUp' | 'pageDown' | 'map' | 'orphans' | 'suspend'
  >
> = {
  q: 'quit',
  '\x03': 'quit',
  '\x1a': 'suspend',
  '\t': 'next',
  '\x1b[Z': 'previous',
  '\x1b[A': 'up',
  k: 'up',
  '\x1b[B': 'down',
  j: 'down',
  '\x1b[5~': 'pageUp',
  '\x1b[6~': 'pageDown',
  ' ': 'pageDown',
  m: 'map',
  o: 'orphans',
};

/**
 * Shows a view on the terminal's other screen, redrawn in place, until the lifecycle ends; then the terminal is as it was
 * before.
 *
 * @param url - where the page is, if it is served
 */
export function showLive(
  io: Io,
  ridgeline: Ridgeline,
  request: ViewRequest,
  lifecycle: Lifecycle,
  url?: string,
): void {
  const { registry } = ridgeline.engine;
  const style = styleOf(io.out, io.env);
  const screen = new Screen(io.out);
  let current = request;
  let offset = 0;
  let showMap = true;
  let seq = 0;
  const draw = (): void => {
    const scene = sceneOf(ridgeline.render(current), ridgeline.engine.sources, ++seq);
    const state = {
      scene,
      title: titleOf(registry, current.view),
      offset,
      showMap,
      keys: io.input.isTTY === true ? KEYS : '',
      ...(url === undefined ? {} : { url }),
    };
    screen.draw(drawFrame(state, { width: screen.width, height: screen.height }, style));
  };
  const turn = (step: number): void => {
    const names = [...registry.views.keys()].filter((name) => canShow(ridgeline, name, current));
    const at = names.indexOf(current.view);
    const view = names[(at + step + names.length) % names.length];
    // Options belong to a view: another one begins with its own.
    if (view !== undefined && view !== current.view) {
      const { options: _, ...rest } = current;
      current = { ...rest, view };
      offset = 0;
    }
  };
  const act = (key: string): void => {
    const page = Math.max(1, Math.floor(screen.height / 2));
    switch (ACTIONS[key]) {
      case 'quit':
        void lifecycle.stop();
        return;
      case 'suspend':
        suspend();
        return;
      case 'next':
        turn(1);
        break;
      case 'previous':
        turn(-1);
        break;
      case 'up':
        offset = Math.max(0, offset - 1);
        break;
      case 'down':
        offset++;
        break;
      case 'pageUp':
        offset = Math.max(0, offset - page);
        break;
      case 'pageDown':
        offset += page;
        break;
      case 'map':
        showMap = !showMap;
        break;
      case 'orphans':
        current = { ...current, orphans: current.orphans === 'keep' ? 'drop' : 'keep' };
        break;
      case undefined:
        return;
    }
    const most = Math.max(0, ridgeline.render(current).nodes.size - 1);
    offset = Math.min(offset, most);
    draw();
  };
  const suspend = (): void => {
    leave();
    process.once('SIGCONT', () => {
      if (lifecycle.signal.aborted) return;
      enter();
      draw();
    });
    process.kill(process.pid, 'SIGSTOP');
  };
  // One read may bring several keys, and a key may come in several reads.
  const onKey = (_: string | undefined, { sequence = '' }: Key): void => act(sequence);
  const enter = (): void => {
    screen.open();
    if (io.input.isTTY !== true) return;
    io.input.setRawMode?.(true);
    emitKeypressEvents(io.input);
    io.input.on('keypress', onKey);
    io.input.resume();
  };
  const leave = (): void => {
    if (io.input.isTTY === true) {
      io.input.off('keypress', onKey);
      io.input.setRawMode?.(false);
      io.input.pause();
    }
    screen.close();
  };
  enter();
  // However the process ends, the terminal is given back.
  process.once('exit', leave);
  io.out.on('resize', draw);
  const unwatch = watchChanges(ridgeline, FRAME, draw);
  lifecycle.defer('screen', () => {
    unwatch();
    io.out.off('resize', draw);
    process.off('exit', leave);
    leave();
  });
  draw();
}

/** `Processes › by name` */
export function titleOf(registry: Registry, view: string): string {
  const { label, parent } = registry.view(view);
  return parent === undefined || !registry.views.has(parent)
    ? label
    : `${titleOf(registry, parent)} › ${label}`;
}

/** Views without anything in them are passed over, as on a page; the one that is shown stays. */
function canShow(ridgeline: Ridgeline, name: string, current: ViewRequest): boolean {
  if (name === current.view) return true;
  const { options: _, ...rest } = current;
  try {
    return ridgeline.render({ ...rest, view: name }).ledger.total > 0;
  } catch {
    // A filter of this view asks for what that one does not have.
    return false;
  }
}
