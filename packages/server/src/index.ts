export type { Json } from './api/openapi.ts';
export { openApiDocument } from './api/openapi.ts';
export type { ServedRoute } from './app.ts';
export type { SiteRules } from './guard/same-site.ts';
export { readTokens, TokenError, type TokenSources, type Tokens } from './guard/tokens.ts';
export { isLoopback, type ListenAddress, parseListenAddress } from './listen-address.ts';
export { jsonLog } from './log.ts';
export {
  type RolePolicies,
  type RunningServer,
  type ServerOptions,
  ServerRefusal,
  startServer,
} from './start-server.ts';
