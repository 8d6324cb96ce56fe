import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Role } from '@ridgeline/client/schema';

/** The token of each role; a role without one cannot be taken. */
export type Tokens = Readonly<Partial<Record<Role, string>>>;

/** Where tokens come from: never a flag's value, which everybody on the machine can read in the list of processes. */
export interface TokenSources {
  /** Lines `viewer=…` and `operator=…`; empty lines and those that begin with `#` say nothing. */
  readonly file?: string;
  /** `RIDGELINE_VIEWER_TOKEN` and `RIDGELINE_OPERATOR_TOKEN`. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Shorter ones can be guessed. */
const LEAST_LENGTH = 16;

/** A mistake in where tokens come from. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
}

/**
 * The tokens of a file and of the environment; the file has the last word.
 *
 * @throws TokenError for a line that is none, and for a token under 16 characters; errors of the file system
 */
export function readTokens({ file, env }: TokenSources): Tokens {
  const tokens: Partial<Record<Role, string>> = {};
  const take = (role: Role, token: string, where: string): void => {
    if (token.length < LEAST_LENGTH)
      throw new TokenError(`${where}: the token of ${role} has less than ${LEAST_LENGTH} characters`);
    tokens[role] = token;
  };
  if (env.RIDGELINE_VIEWER_TOKEN) take('viewer', env.RIDGELINE_VIEWER_TOKEN, 'RIDGELINE_VIEWER_TOKEN');
  if (env.RIDGELINE_OPERATOR_TOKEN)
    take('operator', env.RIDGELINE_OPERATOR_TOKEN, 'RIDGELINE_OPERATOR_TOKEN');
  if (file === undefined) return tokens;
  for (const [index, raw] of readFileSync(file, 'utf8').split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const match = /^(viewer|operator)\s*=\s*(\S+)$/.exec(line);
    // The line itself may be a secret: only its number is told.
    if (match === null) throw new TokenError(`${file}:${index + 1}: not of the form viewer=TOKEN`);
    take(match[1] as Role, match[2] as string, `${file}:${index + 1}`);
  }
  return tokens;
}

/** What a caller shows: the token in any of the ways that clients can send one. */
export interface Credentials {
  readonly authorization: string | undefined;
  /** Browsers can give a WebSocket no header but this one. */
  readonly protocols: string | undefined;
}

/**
 * The role that a caller may act in; `undefined`: none.
 *
 * Without any tokens the server listens on this machine alone, and whoever is here may do everything.
 */
export function roleOf(tokens: Tokens, credentials: Credentials): Role | undefined {
  if (tokens.viewer === undefined && tokens.operator === undefined) return 'operator';
  const shown = shownTokens(credentials);
  // Both are always compared, whatever the first comparison says.
  const isOperator = shown.map((token) => isSame(token, tokens.operator)).includes(true);
  const isViewer = shown.map((token) => isSame(token, tokens.viewer)).includes(true);
  if (isOperator) return 'operator';
  return isViewer ? 'viewer' : undefined;
}

/** Hashes are compared, so that neither the content nor the length of a token can be told from the time it takes. */
function isSame(shown: string, token: string | undefined): boolean {
  const equal = timingSafeEqual(digest(shown), digest(token ?? ''));
  return equal && token !== undefined;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** `Bearer` is ours; Scope's probes send `Scope-Probe token=…` or `Basic`, whose password is the token. */
function shownTokens({ authorization, protocols }: Credentials): readonly string[] {
  const tokens: string[] = [];
  const bearer = /^Bearer\s+(\S+)$/i.exec(authorization ?? '');
  const probe = /^Scope-Probe\s+token=(\S+)$/i.exec(authorization ?? '');
  const basic = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '');
  for (const match of [bearer, probe]) if (match !== null) tokens.push(match[1] as string);
  if (basic !== null) {
    const pair = Buffer.from(basic[1] as string, 'base64').toString('utf8');
    tokens.push(pair.slice(pair.indexOf(':') + 1));
  }
  for (const protocol of (protocols ?? '').split(',')) {
    const match = /^\s*bearer\.([\w.~-]+)\s*$/.exec(protocol);
    if (match !== null) tokens.push(match[1] as string);
  }
  return tokens;
}
