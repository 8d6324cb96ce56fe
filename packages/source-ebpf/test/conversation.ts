import type { Connection } from '../src/index.ts';
import type { Peer } from './kernel-harness.ts';

/** Tells an actor one thing to do, and gives what it answers. */
export async function tell(actor: Peer, command: string): Promise<string> {
  actor.write(`${command}\n`);
  return actor.line();
}

/** Whether an end of a connection has a port. */
export const between =
  (port: number) =>
  (ends: Pick<Connection, 'localPort' | 'remotePort'>): boolean =>
    ends.remotePort === port || ends.localPort === port;
