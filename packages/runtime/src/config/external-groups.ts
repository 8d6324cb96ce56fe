import {
  type GroupContext,
  type GroupPlan,
  group,
  isInternet,
  keying,
  knownServiceId,
  knownServiceName,
  type Network,
  NONE,
  networkContains,
  type Placement,
  type Plan,
  type Plugin,
  PSEUDO,
  type RendererDef,
  type Row,
  type Sym,
  type ViewDef,
} from '@ridgeline/core';
import { endpointColumns, parseAddress } from '@ridgeline/vocabulary';
import { rewriteGroups } from './rewrite-plan.ts';

/** A name for a part of what is outside. */
export interface ExternalGroup {
  readonly name: string;
  readonly networks: readonly Network[];
  /** DNS names in lower case, without dots at their ends: each stands for those under it, too. */
  readonly domains: readonly string[];
}

/**
 * The plugins with views in which endpoints of an external group go under a pseudo node of the group's name, where
 * they would have gone under the Internet or under a known service.
 *
 * It is decided where an endpoint is placed: each grouping of a plan is wrapped, and all that is built on it (by
 * container, by pod, by host) follows. Renderers need not know of it.
 *
 * @param groups - in order of precedence: of two that hold an address the first counts
 */
export function nameExternalGroups(
  plugins: readonly Plugin[],
  groups: readonly ExternalGroup[],
): readonly Plugin[] {
  if (groups.length === 0) return plugins;
  const done = new Map<Plan, Plan>();
  const change = (plan: GroupPlan): GroupPlan => placeExternal(plan, groups);
  const renderers = new Map<RendererDef, RendererDef>();
  const rendererOf = (renderer: RendererDef): RendererDef => {
    const known = renderers.get(renderer);
    if (known !== undefined) return known;
    const made = Object.freeze({ ...renderer, plan: rewriteGroups(renderer.plan, change, done) });
    renderers.set(renderer, made);
    return made;
  };
  const viewOf = (view: ViewDef): ViewDef =>
    Object.freeze({
      ...view,
      renderer: rendererOf(view.renderer),
      site: view.site === undefined ? undefined : rewriteGroups(view.site, change, done),
    });
  return plugins.map((plugin) => {
    const { contributions } = plugin;
    return Object.freeze({
      ...plugin,
      contributions: Object.freeze({
        ...contributions,
        ...(contributions.renderers === undefined
          ? {}
          : { renderers: contributions.renderers.map(rendererOf) }),
        ...(contributions.views === undefined ? {} : { views: contributions.views.map(viewOf) }),
      }),
    });
  });
}

/** The grouping with a word before it: an endpoint of an external group is named where it would be the Internet's. */
function placeExternal(plan: GroupPlan, groups: readonly ExternalGroup[]): GroupPlan {
  const { by, onto, of, ...rest } = plan;
  return group(of, {
    ...rest,
    ...(onto === undefined ? {} : { onto }),
    by: keying((context) => {
      const place = by(context);
      const naming = new Naming(context, groups);
      return (row, to) => place(row, naming.of(row, to));
    }),
  });
}

/** Names rows of one input. */
class Naming implements Placement {
  readonly #context: GroupContext;
  readonly #groups: readonly ExternalGroup[];
  readonly #pseudo: Sym;
  readonly #endpoint: Sym;
  readonly #needsNames: boolean;
  /** Whether a node is what external groups stand in place of. */
  readonly #outside = new Map<Sym, boolean>();
  /** The node of an address; {@link NONE} for one of no group. */
  readonly #nodes = new Map<Sym, Sym>();
  #row: Row = 0;
  #to: Placement | undefined;

  constructor(context: GroupContext, groups: readonly ExternalGroup[]) {
    const { symbols } = context.input;
    this.#context = context;
    this.#groups = groups;
    this.#pseudo = symbols.intern(PSEUDO);
    this.#endpoint = symbols.intern('endpoint');
    this.#needsNames = groups.some((one) => one.domains.length > 0);
  }

  /** The placement of one row; good until the next is asked for. */
  of(row: Row, to: Placement): Placement {
    this.#row = row;
    this.#to = to;
    return this;
  }

  under(id: Sym, kind?: Sym): void {
    const named = kind === this.#pseudo && this.#isOutside(id) ? this.#nodeOf(this.#row) : NONE;
    if (named === NONE) this.#to?.under(id, kind);
    else this.#to?.under(named, this.#pseudo);
  }

  as(id?: Sym): void {
    this.#to?.as(id);
  }

  #isOutside(id: Sym): boolean {
    let outside = this.#outside.get(id);
    if (outside === undefined) {
      const text = this.#context.input.symbols.text(id);
      outside = isInternet(text) || knownServiceName(text) !== undefined;
      this.#outside.set(id, outside);
    }
    return outside;
  }

  #nodeOf(row: Row): Sym {
    const { input } = this.#context;
    if (input.kindSymbol(row) !== this.#endpoint) return NONE;
    const address = endpointColumns(input).address[row] as Sym;
    if (address === NONE) return NONE;
    let node = this.#nodes.get(address);
    if (node === undefined) {
      const name = this.#groupOf(input.symbols.text(address));
      node = name === undefined ? NONE : input.symbols.intern(knownServiceId(name));
      this.#nodes.set(address, node);
    }
    return node;
  }

  #groupOf(text: string): string | undefined {
    const address = parseAddress(text);
    // Reading the names makes a picture depend on them: not without need.
    const names = this.#needsNames ? this.#context.render.dns.get(text) : undefined;
    const dns = [...(names?.forward ?? []), ...(names?.reverse ?? [])].map(plainDomain);
    return this.#groups.find(
      ({ networks, domains }) =>
        (address !== undefined && networks.some((network) => networkContains(network, address))) ||
        domains.some((domain) => dns.some((name) => name === domain || name.endsWith(`.${domain}`))),
    )?.name;
  }
}

/** A DNS name as names are compared: lower case, without the dot of the root. */
export function plainDomain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
