import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Ridgeline } from '@ridgeline/core/live';
import type { FilterReader, Lifecycle } from '@ridgeline/runtime';
import type { ListenAddress, RolePolicies, RunningServer, ServerOptions } from '@ridgeline/server';
import { UsageError } from '../failure.ts';
import type { Io } from '../io.ts';

/** What the flags of the server ask for. */
export interface ServerFlags {
  /** `host:port`, or a port. */
  readonly listen?: string;
  /** The file of tokens. */
  readonly tokens?: string;
  readonly allowHost: readonly string[];
  readonly readOnly?: boolean;
}

/** What of the config is served. */
interface ServedConfig {
  readonly filters: FilterReader;
  readonly policies: RolePolicies;
  readonly log?: ServerOptions['log'];
}

/** Where it listens unless told otherwise. */
const FIRST_PORT = 4040;
/** How many ports are tried, when none was asked for. */
const PORTS = 10;

/**
 * Serves a Ridgeline and its page until the end of the lifecycle, and tells on the error stream where.
 *
 * Without `--listen` the first free port from 4040 on is taken.
 *
 * @throws UsageError for an address that is none, is taken, or may not be served without tokens
 */
export async function serve(
  io: Io,
  ridgeline: Ridgeline,
  flags: ServerFlags,
  lifecycle: Lifecycle,
  { filters, policies, log }: ServedConfig,
): Promise<RunningServer> {
  // Loaded late: what serves nothing need not wait for it.
  const { parseListenAddress, readTokens, ServerRefusal, startServer, TokenError } = await import(
    '@ridgeline/server'
  );
  const asked = flags.listen === undefined ? undefined : parseListenAddress(flags.listen);
  if (flags.listen !== undefined && asked === undefined)
    throw new UsageError(`--listen ${flags.listen}: no address and port`, 'such as 127.0.0.1:4040, or 4040');
  const candidates: readonly ListenAddress[] =
    asked === undefined
      ? Array.from({ length: PORTS }, (_, n) => ({ host: '127.0.0.1', port: FIRST_PORT + n }))
      : [asked];
  try {
    const tokens = readTokens({
      env: process.env,
      ...(flags.tokens === undefined ? {} : { file: flags.tokens }),
    });
    for (const [n, listen] of candidates.entries()) {
      try {
        const server = await startServer({
          ridgeline,
          listen,
          filters,
          policies,
          tokens,
          site: { hosts: flags.allowHost },
          readOnly: flags.readOnly === true,
          page: pageFolder(),
          ...(log === undefined ? {} : { log }),
        });
        lifecycle.defer('server', () => server.close());
        const taken = n === 0 ? '' : `port ${FIRST_PORT} is taken, `;
        io.err.write(`ridgeline: ${taken}serving on ${server.url}\n`);
        return server;
      } catch (error) {
        if (!(error instanceof ServerRefusal) || n === candidates.length - 1) throw error;
      }
    }
    throw new Error('there is always a last candidate');
  } catch (error) {
    if (error instanceof ServerRefusal) throw new UsageError(error.message, `${error.fix}; see --listen`);
    if (error instanceof TokenError) throw new UsageError(error.message);
    throw error;
  }
}

/** Where the page was built; whether it was, the server finds out. */
function pageFolder(): string {
  const manifest = createRequire(import.meta.url).resolve('@ridgeline/web/package.json');
  return join(dirname(manifest), 'dist', 'page');
}
