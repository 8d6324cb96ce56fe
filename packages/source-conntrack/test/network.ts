import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';

/** A network namespace that lives as long as its holder, which ends with its input: also if these tests are killed. */
export interface OwnNamespace {
  readonly pid: number;
  readonly path: string;
  /** Runs a command inside, to its end. */
  readonly run: (command: string, input?: string) => string;
  /** Starts a node program inside that says `ready`, and ends with its input. */
  readonly start: (program: string) => Promise<ChildProcess>;
}

/** Namespaces and processes of one test file. */
export class OwnNetwork {
  readonly #children: ChildProcess[] = [];

  async namespace(): Promise<OwnNamespace> {
    const holder = await this.#spawn('unshare', [
      '--net',
      'sh',
      '-c',
      'ip link set lo up && echo ready && exec cat',
    ]);
    const path = `/proc/${holder.pid}/ns/net`;
    return {
      pid: holder.pid as number,
      path,
      run: (command, input = '') =>
        execFileSync('nsenter', [`--net=${path}`, 'sh', '-ec', command], { input, encoding: 'utf8' }),
      start: (program) => this.#spawn('nsenter', [`--net=${path}`, process.execPath, '-e', program]),
    };
  }

  /** Ends all processes, and with them the namespaces. */
  async end(): Promise<void> {
    await Promise.all(
      this.#children.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const closed = once(child, 'close');
        child.kill('SIGKILL');
        await closed;
      }),
    );
  }

  async #spawn(command: string, args: readonly string[]): Promise<ChildProcess> {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#children.push(child);
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`${command} ended with code ${code}`);
    });
    ended.catch(() => undefined);
    await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended]);
    return child;
  }
}

/** Addresses of {@link routedNetwork}. */
export const ADDRESSES = {
  client: { v4: '10.203.81.2', v6: 'fd00:203:81::2' },
  /** Where the router is reached by the client, and what it stands for. */
  virtual: { v4: '10.203.81.1', v6: 'fd00:203:81::1' },
  /** What the server takes for the client. */
  router: { v4: '10.203.82.1', v6: 'fd00:203:82::1' },
  server: { v4: '10.203.82.2', v6: 'fd00:203:82::2' },
} as const;

/** Scopes of their endpoints: networks that another namespace has its IPv4 default route in hang on this host. */
export const SCOPES = { v4: hostname(), v6: '' } as const;

const RULES = `
table inet nat {
  chain pre {
    type nat hook prerouting priority -100;
    meta nfproto ipv4 fib daddr type local tcp dport 8080 dnat ip to ${ADDRESSES.server.v4}:80
    meta nfproto ipv6 fib daddr type local tcp dport 8080 dnat ip6 to [${ADDRESSES.server.v6}]:80
    meta nfproto ipv4 fib daddr type local tcp dport 8090 dnat ip to ${ADDRESSES.server.v4} : numgen inc mod 2 map { 0 : 80, 1 : 81 }
    meta nfproto ipv4 fib daddr type local udp dport 5353 dnat ip to ${ADDRESSES.server.v4}:53
    meta nfproto ipv6 fib daddr type local udp dport 5353 dnat ip6 to [${ADDRESSES.server.v6}]:53
  }
  chain post {
    type nat hook postrouting priority 100;
    oifname "server" masquerade
  }
}
`;

/** A client and a server in namespaces of their own, and a router between them that hides each from the other. */
export async function routedNetwork(
  network: OwnNetwork,
): Promise<{ readonly client: OwnNamespace; readonly router: OwnNamespace; readonly server: OwnNamespace }> {
  const [client, router, server] = [
    await network.namespace(),
    await network.namespace(),
    await network.namespace(),
  ];
  router.run(`
    sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
    sysctl -qw net.netfilter.nf_conntrack_acct=1 net.netfilter.nf_conntrack_timestamp=1
    ip link add client type veth peer name eth0 netns ${client.pid}
    ip link add server type veth peer name eth0 netns ${server.pid}
    ip addr add ${ADDRESSES.virtual.v4}/24 dev client; ip addr add ${ADDRESSES.virtual.v6}/64 dev client nodad
    ip addr add ${ADDRESSES.router.v4}/24 dev server; ip addr add ${ADDRESSES.router.v6}/64 dev server nodad
    ip link set client up; ip link set server up`);
  router.run('nft -f -', RULES);
  for (const [end, own, gateway] of [
    [client, ADDRESSES.client, ADDRESSES.virtual],
    [server, ADDRESSES.server, ADDRESSES.router],
  ] as const) {
    end.run(`
      ip addr add ${own.v4}/24 dev eth0; ip addr add ${own.v6}/64 dev eth0 nodad
      ip link set eth0 up; ip route add default via ${gateway.v4}; ip -6 route add default via ${gateway.v6}`);
  }
  return { client, router, server };
}

const END_WITH_INPUT = "process.stdin.on('end', () => process.exit()).resume();";

/** Serves TCP on port 80 and UDP on port 53, in both families; answers everything. */
export const SERVER_PROGRAM = `
const net = require('node:net'), dgram = require('node:dgram');
${END_WITH_INPUT}
let waiting = 3;
const ready = () => { if (--waiting === 0) console.log('ready'); };
net.createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(80, '::', ready);
for (const [family, address] of [['udp4', '0.0.0.0'], ['udp6', '::']]) {
  const socket = dgram.createSocket({ type: family, ipv6Only: family === 'udp6' });
  socket.on('message', (bytes, from) => socket.send(bytes, from.port, from.address));
  socket.bind(53, address, ready);
}`;

/** Serves TCP on one more port: the second server of the service on port 8090. */
export const SECOND_SERVER_PROGRAM: string = `
${END_WITH_INPUT}
require('node:net').createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(81, '::', () => console.log('ready'));`;

/** Connects to the service whose connections go to the two servers by turns, and keeps that open. */
export const SERVICE_CLIENT_PROGRAM: string = `
${END_WITH_INPUT}
const socket = require('node:net').connect(8090, '${ADDRESSES.virtual.v4}', () => socket.write('x'));
socket.once('data', () => console.log('ready'));`;

/** Connections of {@link MANY_CLIENT_PROGRAM}: more than a source of kernel events keeps of one process to one port by itself. */
export const MANY = 12;

/** Connects to the virtual address many times, keeps that open, and says `ready` when all were answered. */
export const MANY_CLIENT_PROGRAM: string = `
${END_WITH_INPUT}
let waiting = ${MANY};
for (let index = 0; index < ${MANY}; index++) {
  const socket = require('node:net').connect(8080, '${ADDRESSES.virtual.v4}', () => socket.write('x'));
  socket.once('data', () => { if (--waiting === 0) console.log('ready'); });
}`;

/**
 * Connects to the virtual address, keeps that open, and says `ready` when it was answered. UDP goes on sending: the tracker forgets
 * a flow that is quiet for 30 seconds.
 */
export function clientProgram(protocol: 'tcp' | 'udp', family: 'v4' | 'v6'): string {
  const address = ADDRESSES.virtual[family];
  const program =
    protocol === 'tcp'
      ? `const socket = require('node:net').connect(8080, '${address}', () => socket.write('x'));
         socket.once('data', () => console.log('ready'));`
      : `const socket = require('node:dgram').createSocket('udp${family.slice(1)}');
         socket.once('message', () => console.log('ready'));
         socket.connect(5353, '${address}', () => socket.send('x'));
         setInterval(() => socket.send('x'), 200);`;
  return `${END_WITH_INPUT}\n${program}`;
}
