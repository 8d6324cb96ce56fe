import { request } from 'node:http';
import { connect } from 'node:net';

/** What came back; `undefined` for who was hung up on. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

interface Sending {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** The address it comes from: any of 127.0.0.0/8, so that one sender's rate is not another's. */
  readonly localAddress?: string;
}

/** A request with any headers: `fetch` sets some itself. Hung up on half way it has the status 0. */
export function send(url: string, path: string, sending: Sending = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body, localAddress } = sending;
  return new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const outgoing = request(
      {
        hostname,
        port,
        path,
        method,
        headers,
        agent: false,
        ...(localAddress === undefined ? {} : { localAddress }),
      },
      (answer) => {
        const chunks: Buffer[] = [];
        const end = (): void =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', end);
        answer.on('error', end);
      },
    );
    outgoing.on('error', () => resolve({ status: 0, text: '' }));
    outgoing.end(body);
  });
}

/** Sends bytes and no more, and waits for the end: what came back, as it came. */
export function sendRaw(port: number, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  });
}

/** Another sender for each number, on this machine. */
export function addressOf(n: number): string {
  return `127.1.${(n >> 8) & 255}.${n & 255 || 1}`;
}

/** Escapes what no request line may hold, and leaves broken escapes as they are. */
export function escapeLoosely(text: string): string {
  return text.replace(/[^!-~]|[#]/gu, (char) => {
    try {
      return encodeURIComponent(char);
    } catch {
      return '%ED%A0%80';
    }
  });
}
