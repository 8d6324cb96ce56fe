import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A server and a client per family and transport, in two processes, as `node` programs given with `-e`. */
const program = `
const net = require('node:net'), dgram = require('node:dgram');
const [role, ...ports] = process.argv.slice(1);
const hosts = ['127.0.0.1', '::1'];
const keep = [];
const say = (value) => console.log(JSON.stringify(value));
(async () => {
  const bound = [];
  for (const [i, host] of hosts.entries()) {
    if (role === 'server') {
      const server = net.createServer((socket) => { keep.push(socket); socket.on('error', () => {}); });
      await new Promise((done) => server.listen(0, host, done));
      const udp = dgram.createSocket(i === 0 ? 'udp4' : 'udp6');
      await new Promise((done) => udp.bind(0, host, done));
      keep.push(server, udp);
      bound.push(server.address().port, udp.address().port);
    } else {
      const socket = net.connect(Number(ports[2 * i]), host);
      socket.on('error', () => {});
      await new Promise((done) => socket.on('connect', done));
      const udp = dgram.createSocket(i === 0 ? 'udp4' : 'udp6');
      await new Promise((done) => udp.connect(Number(ports[2 * i + 1]), host, done));
      keep.push(socket, udp);
      bound.push(socket.localPort, udp.address().port);
    }
  }
  say(bound);
  process.stdin.on('end', () => process.exit()).resume();
})();
`;

/** A running peer: the ports it is bound to, in the order tcp4, udp4, tcp6, udp6. */
export interface Peer {
  readonly child: ChildProcess;
  readonly ports: readonly number[];
  /** Ends it, and waits until it is gone. */
  end(): Promise<void>;
}

/**
 * Starts a server, or a client of the ports given.
 *
 * @param prefix - a command that starts it, such as `nsenter --net=…`
 */
export async function startPeer(
  role: 'server' | 'client',
  ports: readonly number[] = [],
  prefix: readonly string[] = [],
): Promise<Peer> {
  const [command = '', ...args] = [...prefix, process.execPath, '-e', program, role, ...ports.map(String)];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${role} ended with code ${code}`)));
    createInterface({ input: child.stdout }).once('line', resolve);
  });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    child,
    ports: JSON.parse(line) as number[],
    end: () => {
      child.kill('SIGKILL');
      return gone;
    },
  };
}
