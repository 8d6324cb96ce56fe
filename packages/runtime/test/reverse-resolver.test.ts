import { describe, expect, it } from 'vitest';
import { ReverseResolver } from '../src/index.ts';

/** A name server that answers when it is told to. */
class HandServer {
  readonly asked: string[] = [];
  readonly #answers = new Map<
    string,
    { resolve: (names: readonly string[]) => void; reject: (error: Error) => void }
  >();

  readonly ask = (address: string): Promise<readonly string[]> => {
    this.asked.push(address);
    return new Promise((resolve, reject) => this.#answers.set(address, { resolve, reject }));
  };

  async answer(address: string, names: readonly string[] | Error): Promise<void> {
    const waiting = this.#answers.get(address);
    if (names instanceof Error) waiting?.reject(names);
    else waiting?.resolve(names);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the reverse resolver', () => {
  it('answers at once with what it knows, and asks in the background, once', async () => {
    const server = new HandServer();
    const resolver = new ReverseResolver({ ask: server.ask, monotonic: () => 0 });
    expect(resolver.names('10.0.0.1')).toEqual([]);
    expect(resolver.names('10.0.0.1')).toEqual([]);
    await server.answer('10.0.0.1', ['web.example', 'a.example', 'web.example']);
    expect(resolver.names('10.0.0.1')).toEqual(['a.example', 'web.example']);
    expect(server.asked).toEqual(['10.0.0.1']);
  });

  it('asks few at a time, lets few wait, and keeps few answers', async () => {
    const server = new HandServer();
    const limits = { concurrency: 2, waiting: 3, entries: 2 };
    const resolver = new ReverseResolver({ ask: server.ask, monotonic: () => 0, limits });
    for (let i = 1; i <= 9; i++) resolver.names(`10.0.0.${i}`);
    expect(server.asked).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(resolver.pending).toBe(5);
    for (let i = 1; i <= 5; i++) await server.answer(`10.0.0.${i}`, [`name-${i}`]);
    expect(server.asked).toHaveLength(5);
    expect(resolver.size).toBe(2);
    expect(resolver.names('10.0.0.5')).toEqual(['name-5']);
    expect(resolver.names('10.0.0.1')).toEqual([]);
  });

  it('asks again when an answer is old, sooner when it was none, and keeps the old one meanwhile', async () => {
    const server = new HandServer();
    let now = 0;
    const limits = { keep: 1000, keepFailure: 10 };
    const resolver = new ReverseResolver({ ask: server.ask, monotonic: () => now, limits });
    resolver.names('a');
    await server.answer('a', ['old']);
    now = 999;
    expect(resolver.names('a')).toEqual(['old']);
    expect(server.asked).toHaveLength(1);
    now = 1000;
    expect(resolver.names('a')).toEqual(['old']);
    expect(server.asked).toHaveLength(2);
    await server.answer('a', new Error('SERVFAIL'));
    expect(resolver.names('a')).toEqual(['old']);
    now = 1010;
    resolver.names('a');
    await server.answer('a', ['new']);
    expect(resolver.names('a')).toEqual(['new']);
  });

  it('asks no more once it is closed', async () => {
    const server = new HandServer();
    const resolver = new ReverseResolver({ ask: server.ask, monotonic: () => 0, limits: { concurrency: 1 } });
    resolver.names('a');
    resolver.names('b');
    resolver.close();
    await server.answer('a', ['name']);
    resolver.names('c');
    expect(server.asked).toEqual(['a']);
    expect(resolver.pending).toBe(0);
  });
});
