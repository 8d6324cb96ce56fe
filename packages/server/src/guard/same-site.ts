import { isIP } from 'node:net';

/** What a request says of where it comes from. */
export interface SiteHeaders {
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/** Names and origins beside the ones that are safe by nature. */
export interface SiteRules {
  /** Names under which the server is reached. */
  readonly hosts: readonly string[];
  /** Other sites whose pages may ask: `https://map.example`. */
  readonly origins: readonly string[];
}

/**
 * Why a request is refused, if it is.
 *
 * A page of another site may make a browser ask us: by its own name, made to resolve to our address (DNS rebinding), or as a
 * WebSocket, which no browser asks permission for. So the host must be an address, `localhost` or a name that was told,
 * and a page's origin must be our own host or one that was told. A name cannot be rebound to an address literal.
 */
export function refuseSite({ host, origin }: SiteHeaders, rules: SiteRules): string | undefined {
  const name = host === undefined ? undefined : hostName(host);
  if (name === undefined) return 'the Host header names no host';
  if (!isSafeName(name) && !rules.hosts.includes(name)) {
    return 'the Host header names a host that this server is not known by';
  }
  if (origin === undefined || rules.origins.includes(origin)) return undefined;
  return originHost(origin) === host?.toLowerCase()
    ? undefined
    : 'pages of another origin may not ask this server';
}

function isSafeName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || isIP(name) !== 0;
}

/** The name in `name:port` or `[address]:port`, in lower case. */
function hostName(host: string): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]@/\\\s]+))(?::\d{1,5})?$/i.exec(host);
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

function originHost(origin: string): string | undefined {
  return /^https?:\/\/([^/\s]+)$/i.exec(origin)?.[1]?.toLowerCase();
}
