import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A running Python program, and the port it says it has. */
export interface Peer {
  readonly child: ChildProcess;
  readonly port: number;
  /** Ends it, and waits until it is gone. */
  end(): Promise<void>;
}

export type Transport = 'tcp' | 'udp';

/** Python's own HTTP server; for UDP, a socket that waits. */
export function startServer(transport: Transport, address: string, prefix: readonly string[]): Promise<Peer> {
  const program =
    transport === 'tcp'
      ? ['-m', 'http.server', '0', '--bind', address]
      : [
          '-c',
          `
import socket, sys
s = socket.socket(socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET, socket.SOCK_DGRAM)
s.bind((sys.argv[1], 0))
print('port', s.getsockname()[1])
while True: s.recv(65536)
`,
          address,
        ];
  return startPython(program, prefix);
}

/** A client that connects and stays connected. */
export function startClient(
  transport: Transport,
  address: string,
  port: number,
  prefix: readonly string[],
): Promise<Peer> {
  const program = `
import socket, sys
address, port, kind = sys.argv[1], int(sys.argv[2]), sys.argv[3]
s = socket.socket(socket.AF_INET6 if ':' in address else socket.AF_INET, socket.SOCK_STREAM if kind == 'tcp' else socket.SOCK_DGRAM)
s.connect((address, port))
if kind == 'udp': s.send(b'hello')
print('port', s.getsockname()[1])
sys.stdin.read()
`;
  return startPython(['-c', program, address, String(port), transport], prefix);
}

async function startPython(args: readonly string[], prefix: readonly string[]): Promise<Peer> {
  const [command = '', ...rest] = [...prefix, 'python3', '-u', ...args];
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'ignore'] });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`python3 ${args.join(' ')} ended with code ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const match = /port (\d+)/.exec(line);
      if (match !== null) resolve(Number(match[1]));
    });
  });
  return {
    child,
    port,
    end: () => {
      child.kill('SIGKILL');
      return gone;
    },
  };
}

/** A network namespace of its own with a loopback; it ends when this process does. */
export interface OwnNamespace {
  /** What a command is started with, to be inside. */
  readonly prefix: readonly string[];
  end(): Promise<void>;
}

export async function openNamespace(): Promise<OwnNamespace> {
  const holder = spawn('unshare', ['--net', 'sh', '-c', 'ip link set lo up && echo ready && exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => holder.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    holder.once('error', reject);
    holder.once('exit', (code) => reject(new Error(`unshare ended with code ${code}`)));
    holder.stdout.once('data', () => resolve());
  });
  return {
    prefix: ['nsenter', `--net=/proc/${holder.pid}/ns/net`],
    end: () => {
      holder.stdin.end();
      return gone;
    },
  };
}
