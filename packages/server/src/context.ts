import type { Role } from '@ridgeline/client/schema';
import type { Ridgeline } from '@ridgeline/core/live';
import type { FastifyRequest } from 'fastify';
import type { SiteRules } from './guard/same-site.ts';
import type { Tokens } from './guard/tokens.ts';
import type { Feeds } from './live/feeds.ts';
import type { Books } from './metrics/books.ts';
import type { Traffic } from './metrics/traffic.ts';
import type { Outlook } from './outlook.ts';
import type { ProbeInbox } from './scope/inbox.ts';

/** What a role sees, and what is counted of it. Roles without a policy share one; so do those with one policy. */
export interface Viewpoint {
  readonly outlook: Outlook;
  readonly feeds: Feeds;
  /** Of the feeds of this viewpoint alone: what others look at is nobody's business. */
  readonly books: Books;
}

/** What the routes work with, on behalf of one role. */
export interface ServerContext extends Viewpoint {
  readonly role: Role;
  readonly ridgeline: Ridgeline;
  readonly inbox: ProbeInbox;
  readonly traffic: Traffic;
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

/** What does not depend on who asks. */
export type SharedContext = Omit<ServerContext, keyof Viewpoint | 'role'>;

/** The contexts of all roles, and in which role each request is made. */
export class Contexts {
  readonly shared: SharedContext;
  readonly #byRole: Readonly<Record<Role, ServerContext>>;
  readonly #roles = new WeakMap<FastifyRequest, Role>();

  constructor(shared: SharedContext, viewpoints: Readonly<Record<Role, Viewpoint>>) {
    this.shared = shared;
    this.#byRole = {
      viewer: { ...shared, ...viewpoints.viewer, role: 'viewer' },
      operator: { ...shared, ...viewpoints.operator, role: 'operator' },
    };
  }

  /** Notes the role of a request that is let in. */
  admit(request: FastifyRequest, role: Role): void {
    this.#roles.set(request, role);
  }

  /** The context of a request; whoever showed no token sees what a viewer sees. */
  of(request: FastifyRequest): ServerContext {
    return this.#byRole[this.#roles.get(request) ?? 'viewer'];
  }
}
