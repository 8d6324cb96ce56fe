import type { Ridgeline } from '@ridgeline/core/live';
import type { SiteRules } from './guard/same-site.ts';
import type { Tokens } from './guard/tokens.ts';
import type { Feeds } from './live/feeds.ts';
import type { Books } from './metrics/books.ts';
import type { Outlook } from './outlook.ts';
import type { ProbeInbox } from './scope/inbox.ts';

/** What the routes work with. */
export interface ServerContext {
  readonly ridgeline: Ridgeline;
  readonly outlook: Outlook;
  readonly feeds: Feeds;
  readonly inbox: ProbeInbox;
  readonly books: Books;
  readonly tokens: Tokens;
  readonly site: SiteRules;
  readonly isReadOnly: boolean;
  /** Tells this life of the server from others. */
  readonly epoch: string;
  readonly version: string;
  readonly hostname: string;
  /** What a body may be once it is unzipped. */
  readonly bodyBytes: number;
}
