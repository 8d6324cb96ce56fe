import type { AddressInfo } from 'node:net';
import type { Role } from '@ridgeline/client/schema';
import type { CompiledPolicy } from '@ridgeline/core';
import type { Clock, Ridgeline } from '@ridgeline/core/live';
import { type FilterReader, newEpoch, systemClock, systemHostName } from '@ridgeline/runtime';
import { type Logger, pino } from 'pino';
import { buildApp, type ServedRoute } from './app.ts';
import { Contexts, type SharedContext, type Viewpoint } from './context.ts';
import type { SiteRules } from './guard/same-site.ts';
import type { Tokens } from './guard/tokens.ts';
import { isLoopback, type ListenAddress } from './listen-address.ts';
import { Feeds } from './live/feeds.ts';
import { Books } from './metrics/books.ts';
import { Traffic } from './metrics/traffic.ts';
import { Outlook } from './outlook.ts';
import { ProbeInbox } from './scope/inbox.ts';

/** The policies of roles; one policy may be that of several. */
export type RolePolicies = Readonly<Partial<Record<Role, CompiledPolicy>>>;

/** What a server is made of. */
export interface ServerOptions {
  readonly ridgeline: Ridgeline;
  readonly listen: ListenAddress;
  /** Reads filters with the named ones of a config; left out, there are none but those of plugins. */
  readonly filters?: FilterReader;
  /** Without any, whoever can reach it is an operator: so it may listen on loopback only. */
  readonly tokens?: Tokens;
  /** What each role must not see; a role without a policy sees all. */
  readonly policies?: RolePolicies;
  readonly site?: Partial<SiteRules>;
  /** Nothing can be sent in. */
  readonly readOnly?: boolean;
  readonly version?: string;
  /** The folder of the built page, served at `/`; left out, there is no page. */
  readonly page?: string;
  readonly log?: Logger;
  readonly clock?: Clock;
  /** What a body may be, as it comes and unzipped. */
  readonly bodyBytes?: number;
}

/** A server that listens. */
export interface RunningServer {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  /** All that it answers to. */
  readonly routes: readonly ServedRoute[];
  /** Ends all connections, and what it follows. */
  close(): Promise<void>;
}

/** A server that may not be started as it was asked for. */
export class ServerRefusal extends Error {
  override readonly name = 'ServerRefusal';
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}

/** What a report may be once it is unzipped. */
const BODY_BYTES = 50 * 2 ** 20;

/**
 * Starts a server. The Ridgeline it serves is started and stopped by whoever made it.
 *
 * @example
 * const server = await startServer({ ridgeline, listen: { host: '127.0.0.1', port: 4040 } });
 * console.log(server.url);
 * @throws ServerRefusal for an address that others can reach while there are no tokens, and for a port that is taken
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { ridgeline, listen, tokens = {}, site = {}, clock = systemClock } = options;
  if (!isLoopback(listen.host) && tokens.viewer === undefined && tokens.operator === undefined) {
    throw new ServerRefusal(
      `${listen.host} can be reached from other machines, and there are no tokens`,
      'give a file of tokens, or RIDGELINE_VIEWER_TOKEN and RIDGELINE_OPERATOR_TOKEN in the environment',
    );
  }
  const log = options.log ?? pino({ level: 'silent' });
  const epoch = newEpoch(clock);
  const bodyBytes = options.bodyBytes ?? BODY_BYTES;
  const shared: SharedContext = {
    ridgeline,
    traffic: new Traffic(),
    tokens,
    epoch,
    bodyBytes,
    inbox: new ProbeInbox(ridgeline, clock, bodyBytes),
    site: { hosts: site.hosts ?? [], origins: site.origins ?? [] },
    isReadOnly: options.readOnly === true,
    version: options.version ?? '0.0.0',
    hostname: systemHostName(),
  };
  const viewpoints = viewpointsOf(options, epoch);
  const { app, routes } = await buildApp(new Contexts(shared, viewpoints), log, options.page);
  app.addHook('onClose', async () => {
    for (const { feeds } of new Set(Object.values(viewpoints))) feeds.close();
  });
  try {
    await app.listen(listen);
  } catch (error) {
    await app.close();
    throw explain(error, listen);
  }
  const { port } = app.server.address() as AddressInfo;
  const url = `http://${listen.host.includes(':') ? `[${listen.host}]` : listen.host}:${port}`;
  log.info({ url }, 'listening');
  return { host: listen.host, port, url, routes, close: () => app.close() };
}

/** One viewpoint for each policy, and one for the roles without. */
function viewpointsOf(
  { ridgeline, policies = {}, filters }: ServerOptions,
  epoch: string,
): Readonly<Record<Role, Viewpoint>> {
  const made = new Map<CompiledPolicy | undefined, Viewpoint>();
  const viewpointOf = (policy: CompiledPolicy | undefined): Viewpoint => {
    let viewpoint = made.get(policy);
    if (viewpoint === undefined) {
      const outlook = new Outlook(ridgeline.engine, filters, policy);
      const books = new Books();
      const feeds = new Feeds({ outlook, changes$: ridgeline.changes$, epoch, books });
      viewpoint = { outlook, feeds, books };
      made.set(policy, viewpoint);
    }
    return viewpoint;
  };
  return { viewer: viewpointOf(policies.viewer), operator: viewpointOf(policies.operator) };
}

function explain(error: unknown, { host, port }: ListenAddress): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new ServerRefusal(
        `port ${port} of ${host} is taken`,
        'listen on another one, or on port 0 for any',
      );
    case 'EACCES':
      return new ServerRefusal(
        `port ${port} of ${host} may not be listened on`,
        'ports below 1024 need root',
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ServerRefusal(`${host} is no address of this machine`, 'listen on 127.0.0.1');
    default:
      return error;
  }
}
