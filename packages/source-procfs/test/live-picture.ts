import { connectSockets } from '../src/connections.ts';
import { runAtOnce } from '../src/run-sliced.ts';
import type { Scan, Scanner } from '../src/scan.ts';

/** One edge of a live scan, in words that a test can compare. */
export interface LiveEdge {
  readonly client: LiveEnd;
  readonly server: LiveEnd;
  readonly transport: 'tcp' | 'udp';
  readonly guessed: boolean;
}

/** One end of a {@link LiveEdge}. */
export interface LiveEnd {
  readonly address: string;
  readonly port: number;
  readonly pid: number | undefined;
  readonly scope: number;
}

/** Scans and connects, at one go. */
export function scanLive(scanner: Scanner): { scan: Scan; edges: readonly LiveEdge[] } {
  const scan = runAtOnce(scanner.scan(Date.now(), performance.now()));
  if (scan === undefined) throw new Error('/proc cannot be listed');
  const { endpoints, edges } = runAtOnce(connectSockets(scan));
  const end = (endpoint: number): LiveEnd => ({
    address: scan.pool.text(endpoints.address[endpoint] as number),
    port: endpoints.port[endpoint] as number,
    pid: scan.processes[endpoints.owner[endpoint] as number]?.pid,
    scope: endpoints.scope[endpoint] as number,
  });
  const found: LiveEdge[] = [];
  for (let edge = 0; edge < edges.size; edge++) {
    const server = edges.server[edge] as number;
    found.push({
      client: end(edges.client[edge] as number),
      server: end(server),
      transport: endpoints.transport[server] === 1 ? 'udp' : 'tcp',
      guessed: edges.guessed[edge] === 1,
    });
  }
  return { scan, edges: found };
}

/** Scans until the condition answers something; tests wait for a condition, never for a time. */
export async function scanUntil<T>(
  scanner: Scanner,
  condition: (live: { scan: Scan; edges: readonly LiveEdge[] }) => T | undefined,
): Promise<T> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const found = condition(scanLive(scanner));
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the condition did not come true within 100 scans');
}
