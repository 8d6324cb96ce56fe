import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostScope } from '../src/endpoint-scope.ts';
import { Scanner } from '../src/scan.ts';
import { scanLive } from './live-picture.ts';

const server = `
const server = require('node:net').createServer((socket) => socket.on('error', () => {}).pipe(socket));
server.listen(8080, '10.203.77.2', () => console.log('ready'));
process.stdin.on('end', () => process.exit()).resume();
`;
const client = `
const socket = require('node:net').connect(8080, '10.203.77.2', () => console.log('ready'));
process.stdin.on('end', () => process.exit()).resume();
`;

/** Starts a process that says `ready` and ends with its input, and so with these tests however they end. */
async function start(command: string, ...args: string[]): Promise<ChildProcess> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${command} ended with code ${code}`);
  });
  await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => undefined);
  return child;
}

describe('a bridge in another namespace, and a container behind it', () => {
  const children: ChildProcess[] = [];
  let host: ChildProcess;
  let container: ChildProcess;

  beforeAll(async () => {
    const hold = 'ip link set lo up && echo ready && exec cat';
    host = await start(
      'unshare',
      '--net',
      'sh',
      '-c',
      `ip link add name br7 type bridge && ip addr add 10.203.77.1/24 dev br7 && ip link set br7 up && ${hold}`,
    );
    container = await start('unshare', '--net', 'sh', '-c', hold);
    children.push(host, container);
    const inside = (process: ChildProcess, ...command: string[]): void => {
      execFileSync('nsenter', [`--net=/proc/${process.pid}/ns/net`, ...command]);
    };
    inside(
      host,
      'ip',
      'link',
      'add',
      'veth7',
      'type',
      'veth',
      'peer',
      'name',
      'eth0',
      'netns',
      `${container.pid}`,
    );
    inside(host, 'ip', 'link', 'set', 'veth7', 'master', 'br7', 'up');
    inside(container, 'ip', 'addr', 'add', '10.203.77.2/24', 'dev', 'eth0');
    inside(container, 'ip', 'link', 'set', 'eth0', 'up');
    inside(container, 'ip', 'route', 'add', 'default', 'via', '10.203.77.1');
  });

  afterAll(async () => {
    await Promise.all(
      children.reverse().map((child) => {
        const closed = once(child, 'close');
        child.kill('SIGKILL');
        return closed;
      }),
    );
  });

  it('are one edge between two namespaces, scoped by host', async () => {
    const enter = (process: ChildProcess): string => `--net=/proc/${process.pid}/ns/net`;
    const serving = await start('nsenter', enter(container), process.execPath, '-e', server);
    children.push(serving);
    const asking = await start('nsenter', enter(host), process.execPath, '-e', client);
    children.push(asking);
    const { edges } = scanLive(new Scanner({ root: '/proc', etc: '/etc' }));
    const mine = edges.filter((edge) => edge.server.port === 8080 && edge.server.pid === serving.pid);
    expect(mine).toHaveLength(1);
    expect(mine[0]).toMatchObject({
      client: { address: '10.203.77.1', pid: asking.pid, scope: hostScope },
      server: { address: '10.203.77.2', pid: serving.pid, scope: hostScope },
      guessed: false,
    });
  });
});
