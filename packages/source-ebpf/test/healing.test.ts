import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { between, tell } from './conversation.ts';
import {
  childPid,
  createNamespaces,
  describeKernel,
  programIdsOf,
  startFeed,
  startPeer,
  startPython,
  until,
} from './kernel-harness.ts';
import { PYTHON_ACTOR, PYTHON_CLIENT, PYTHON_SERVER } from './peers.ts';

describeKernel('after a death or a loss', () => {
  it('kill -9 of the child in a storm: started again, no ghost, nothing left behind', async () => {
    const watched = await startFeed({
      restartTimes: {
        windowMillis: 0,
        restartAfterMillis: 50,
        fallBackMillis: 1000,
        longestFallBackMillis: 1000,
      },
    });
    const { feed, states } = watched;
    const server = startPython(PYTHON_SERVER, ['4', '127.0.0.1']);
    const port = Number(await server.line());
    const storm = startPython(PYTHON_CLIENT, ['4', '127.0.0.1', String(port), '6000']);
    await until(() => watched.records.length > 2000, 'the storm');
    const before = childPid(watched);
    const programs = programIdsOf(before);
    expect(programs.length).toBeGreaterThan(2);
    process.kill(before, 'SIGKILL');
    await until(() => watched.wholes() === 2, 'the second child');
    expect(states.map(({ kind }) => kind)).toEqual([
      'starting',
      'running',
      'restarting',
      'starting',
      'running',
    ]);
    expect(await storm.exited).toBe(0);
    const again = programIdsOf(childPid(watched));
    server.kill('SIGKILL');
    await server.exited;
    feed.refresh();
    await until(() => feed.report().open.filter(between(port)).length === 0, 'every ghost to go');
    await feed.stop();
    await untilUnloaded([...programs, ...again]);
  }, 60_000);

  it('kill -9 of the parent: the child ends too, and leaves nothing', async () => {
    const supervisor = new URL('../dist/supervise-child.js', import.meta.url).href;
    const script = `
      import { superviseChild } from '${supervisor}';
      superviseChild({ ringBytes: 65536, avoid: [] }, {
        onReport: () => {},
        onState: (state) => { if (state.kind === 'running') console.log(state.pid); },
      });
    `;
    const parent = startPeer([process.execPath, '--input-type=module', '-e', script]);
    const child = Number(await parent.line());
    const programs = programIdsOf(child);
    expect(programs.length).toBeGreaterThan(2);
    process.kill(child, 'SIGINT'); // as Ctrl-C would: it stays until its parent is gone
    parent.kill('SIGKILL');
    await parent.exited;
    await until(() => !existsSync(`/proc/${child}`), 'the end of the child');
    await untilUnloaded(programs);
  }, 30_000);

  it('a reader that hangs holds no report', async () => {
    const watched = await startFeed();
    const { feed } = watched;
    process.kill(childPid(watched), 'SIGSTOP');
    await feed.catchUp();
    process.kill(childPid(watched), 'SIGKILL');
    await until(() => watched.wholes() === 2, 'the second child');
    await feed.catchUp();
    await feed.stop();
    await feed.catchUp();
  });

  // Whether a connection is gone is asked of its namespace, by entering it; without the privilege for that, of the programs' memory.
  it.each([
    ['in this namespace', [], []],
    ['in another namespace', ['h'], []],
    [
      'in another namespace, which may not be entered',
      ['n'],
      ['setpriv', '--bounding-set=-sys_admin', '--inh-caps=-sys_admin'],
    ],
  ])(
    'a ring too small: ends %s are lost and counted, and a snapshot heals the picture',
    async (_name, names, wrapper) => {
      const HELD = 30;
      const watched = await startFeed({ ringBytes: 1 << 16, wrapper });
      const { feed } = watched;
      const actor = startPython(PYTHON_ACTOR, [], createNamespaces(names)[0]);
      const own = Number(await tell(actor, 'listen l 127.0.0.1'));
      for (let index = 0; index < HELD; index++) {
        await tell(actor, `connect c${index} 127.0.0.1 ${own}`);
        await tell(actor, `accept l s${index}`);
      }
      const heldOpen = (): number => feed.report().open.filter(between(own)).length;
      await until(() => heldOpen() === 2 * HELD, 'both ends of all');

      // The reader is held up, as on a machine that is busy elsewhere, and a storm fills the ring.
      process.kill(childPid(watched), 'SIGSTOP');
      const server = startPython(PYTHON_SERVER, ['4', '127.0.0.1']);
      const storm = startPython(PYTHON_CLIENT, ['4', '127.0.0.1', await server.line(), '500']);
      await storm.exited;
      for (let index = 0; index < HELD; index++) {
        await tell(actor, `close c${index}`);
        await tell(actor, `close s${index}`);
      }
      expect(heldOpen()).toBe(2 * HELD);
      process.kill(childPid(watched), 'SIGCONT');

      await until(() => feed.status().losses.events > 0, 'the loss');
      // Where only the programs' memory can be asked, an address that another process has got meanwhile looks alive: until next time.
      const again = setInterval(feed.refresh, 500);
      await until(() => heldOpen() === 0, 'the picture to heal').finally(() => clearInterval(again));
      expect(feed.report().differences.vanished).toBeGreaterThanOrEqual(2 * HELD);
      const { counters } = feed.status();
      expect(counters?.lost).toBe(Object.values(counters?.lostByKind ?? {}).reduce((sum, n) => sum + n, 0));
      actor.kill('SIGKILL');
      server.kill('SIGKILL');
      await feed.stop();
    },
    60_000,
  );
});

/** The kernel frees a program a little after its last holder is gone (RCU). */
async function untilUnloaded(ids: readonly number[]): Promise<void> {
  await until(
    () => {
      const left = loadedPrograms();
      return ids.every((id) => !left.has(id));
    },
    `the end of programs ${ids.join(', ')}`,
  );
}

function loadedPrograms(): Set<number> {
  try {
    const list: unknown = JSON.parse(
      execFileSync('bpftool', ['prog', 'list', '--json'], { encoding: 'utf8' }),
    );
    return new Set((list as { id: number }[]).map(({ id }) => id));
  } catch (error) {
    throw new Error('bpftool is needed to see what is loaded (Debian: bpftool)', { cause: error });
  }
}
