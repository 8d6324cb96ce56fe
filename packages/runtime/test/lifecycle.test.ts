import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Lifecycle, type LogLevel, stopOnSignals } from '../src/index.ts';

describe('a lifecycle', () => {
  it('undoes everything once, the last first, whoever asks how often', async () => {
    const undone: string[] = [];
    const lifecycle = new Lifecycle(() => {});
    for (const name of ['first', 'second', 'third']) {
      lifecycle.defer(name, async () => {
        await Promise.resolve();
        undone.push(name);
      });
    }
    expect(lifecycle.signal.aborted).toBe(false);
    await Promise.all([lifecycle.stop(), lifecycle.stop()]);
    expect(lifecycle.signal.aborted).toBe(true);
    expect(undone).toEqual(['third', 'second', 'first']);
  });

  it('goes on when one thing cannot be undone, and says which', async () => {
    const told: [LogLevel, string][] = [];
    const undone: string[] = [];
    const lifecycle = new Lifecycle((level, message) => told.push([level, message]));
    lifecycle.defer('the rest', () => {
      undone.push('the rest');
    });
    lifecycle.defer('the socket', () => {
      throw new Error('no such socket');
    });
    await lifecycle.stop();
    expect(undone).toEqual(['the rest']);
    expect(told).toEqual([['error', 'the socket could not be stopped: no such socket']]);
  });

  it('undoes at once what comes when the end has begun', async () => {
    const lifecycle = new Lifecycle(() => {});
    await lifecycle.stop();
    let isUndone = false;
    lifecycle.defer('late', () => {
      isUndone = true;
    });
    expect(isUndone).toBe(true);
  });

  it('ends at a signal; a second one is impatience; then nothing listens any more', async () => {
    const signals = new EventEmitter();
    const forced: string[] = [];
    const lifecycle = new Lifecycle(() => {});
    stopOnSignals(lifecycle, signals, (signal) => forced.push(signal));
    let finish = (): void => {};
    lifecycle.defer('slow', () => new Promise<void>((resolve) => (finish = resolve)));
    signals.emit('SIGTERM', 'SIGTERM');
    expect(lifecycle.signal.aborted).toBe(true);
    expect(forced).toEqual([]);
    signals.emit('SIGINT', 'SIGINT');
    expect(forced).toEqual(['SIGINT']);
    finish();
    await lifecycle.stop();
    expect(signals.eventNames()).toEqual([]);
  });
});
