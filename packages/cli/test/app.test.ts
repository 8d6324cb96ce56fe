import { describe, expect, it } from 'vitest';
import { type Running, runCli, startCli } from './run-cli.ts';

const SERVING = /serving on (http:\/\/\S+)\n/;

async function addressOf(running: Running): Promise<string> {
  return (await running.written(SERVING, 'stderr'))[1] as string;
}

describe('ridgeline app', () => {
  it('serves until it is asked to end', async () => {
    const app = startCli(['app', '--listen', '127.0.0.1:0']);
    const url = await addressOf(app);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    const taken = await runCli(['app', '--listen', new URL(url).host]);
    expect(taken).toMatchObject({ code: 2, stderr: expect.stringContaining('is taken') });
    app.child.kill('SIGTERM');
    expect(await app.ended).toMatchObject({ code: 0 });
  });

  it('takes tokens from the environment, and asks for them', async () => {
    const app = startCli(['app', '--listen', '127.0.0.1:0'], {
      RIDGELINE_VIEWER_TOKEN: 'a-token-of-a-viewer',
    });
    const url = await addressOf(app);
    expect((await fetch(`${url}/api`)).status).toBe(401);
    const headers = { authorization: 'Bearer a-token-of-a-viewer' };
    expect((await fetch(`${url}/api`, { headers })).status).toBe(200);
    app.child.kill('SIGTERM');
    await app.ended;
  });

  it.each([
    [['--listen', '0.0.0.0:0'], 'no tokens'],
    [['--listen', 'nowhere'], 'no address and port'],
    [['--tokens', '/does/not/exist'], 'does not exist'],
  ])('does not start with %j', async (args, message) => {
    expect(await runCli(['app', ...args])).toMatchObject({
      stderr: expect.stringContaining(message),
      stdout: '',
    });
  });
});

describe('ridgeline up', () => {
  it('serves what it shows', async () => {
    const up = startCli(['up', '--listen', '127.0.0.1:0', '--source', 'procfs']);
    const url = await addressOf(up);
    await up.written(/shown/, 'stdout');
    const answer = await fetch(`${url}/api/v1/views/processes/snapshot?orphans=keep`);
    expect(((await answer.json()) as { nodes: object[] }).nodes.length).toBeGreaterThan(0);
    up.child.kill('SIGINT');
    expect(await up.ended).toMatchObject({ code: 0 });
  });

  it('listens on no port when told so', async () => {
    const up = startCli(['up', '--no-server', '--source', 'procfs']);
    await up.written(/shown/, 'stdout');
    up.child.kill('SIGINT');
    expect((await up.ended).stderr).not.toMatch(SERVING);
  });
});
