import type { Millis, SourceContext } from '@ridgeline/core';
import { LinuxError } from '@ridgeline/linux';
import { createEndpointScopes, type EndpointScopes } from '@ridgeline/vocabulary';
import { type FlowReader, FlowReaderError, type FlowReaderOptions } from './flow-reader.ts';
import type { ReportedFlow, WantedFlow } from './flow-table.ts';
import { NamespaceFlows } from './namespace-flows.ts';
import { isThere, Namespaces, type NetworkNamespace } from './namespaces.ts';
import type { OpenReader } from './reader-chain.ts';
import type { Steps } from './run-sliced.ts';

/** What {@link TrackedNamespaces} needs. */
export interface TrackedNamespacesParts {
  readonly context: SourceContext;
  readonly open: OpenReader;
  /** How readers are opened, but for the namespace. */
  readonly reading: Omit<FlowReaderOptions, 'path'>;
  readonly wants: WantedFlow;
  /** Whether other namespaces than the own one are read. */
  readonly all: boolean;
}

/** What was lost or mended so far, and what is kept now. */
export interface TrackedCounts {
  readonly overruns: number;
  readonly malformed: number;
  readonly healed: number;
  readonly flows: number;
}

/** The namespaces that are read, each with its reader and its flows. Holds the readers, and gives them back. */
export class TrackedNamespaces {
  readonly #parts: TrackedNamespacesParts;
  readonly #namespaces = new Namespaces();
  readonly #tracked = new Map<number, NamespaceFlows>();
  /** Readers of namespaces that are gone are closed; what they knew is told to its end. */
  readonly #departed = new Map<number, NamespaceFlows>();
  readonly #refused = new Map<string, string>();
  #scopes: EndpointScopes;
  #past = { overruns: 0, malformed: 0, healed: 0 };

  constructor(parts: TrackedNamespacesParts) {
    this.#parts = parts;
    this.#scopes = createEndpointScopes(parts.context.host, this.#namespaces.own, new Map());
  }

  get size(): number {
    return this.#tracked.size;
  }

  /** How endpoints are scoped, by the addresses seen last. */
  get scopes(): EndpointScopes {
    return this.#scopes;
  }

  /** Why some namespaces cannot be read: the reason by path. */
  get refused(): ReadonlyMap<string, string> {
    return this.#refused;
  }

  get hasEvents(): boolean {
    return [...this.#tracked.values()].every(({ reader }) => reader.hasEvents);
  }

  values(): Iterable<NamespaceFlows> {
    return this.#tracked.values();
  }

  /**
   * Looks for namespaces, opens readers in new ones and closes those of the ones that are gone, in steps.
   *
   * @throws LinuxError, FlowReaderError when the own namespace cannot be read
   */
  *look(): Steps {
    const { context, all } = this.#parts;
    const namespaces = this.#namespaces;
    yield* namespaces.look(new Set([...this.#tracked.keys(), ...this.#departed.keys()]));
    this.#scopes = createEndpointScopes(context.host, namespaces.own, namespaces.networks);
    this.#refused.clear();
    const wanted = new Map(all ? namespaces.found : []);
    wanted.set(namespaces.own, { inode: namespaces.own, path: '/proc/self/ns/net' });
    for (const inode of this.#tracked.keys()) if (!wanted.has(inode)) this.#depart(inode);
    for (const [inode, namespace] of wanted) {
      yield;
      const tracked = this.#tracked.get(inode);
      if (tracked === undefined) this.#track(namespace);
      else tracked.namespace = namespace;
    }
  }

  /** Whether all are where they were; if not, it is time to look: an open socket would keep alive one that nobody is in any more. */
  areThere(): boolean {
    for (const { namespace } of this.#tracked.values()) if (!isThere(namespace)) return false;
    return true;
  }

  /**
   * Opens another reader in a namespace.
   *
   * @throws LinuxError, FlowReaderError
   */
  openReader({ inode, path }: NetworkNamespace, reading: Omit<FlowReaderOptions, 'path'>): FlowReader {
    return this.#parts.open(inode === this.#namespaces.own ? reading : { path, ...reading });
  }

  /**
   * Takes note that a namespace cannot be read, and stops reading it.
   *
   * @throws what was caught, if it is no refusal, or of the own namespace
   */
  refuse(namespace: NetworkNamespace, error: unknown): void {
    if (!(error instanceof LinuxError || error instanceof FlowReaderError)) throw error;
    if (namespace.inode === this.#namespaces.own) throw error;
    this.#depart(namespace.inode);
    // If it went away meanwhile, nothing is missed.
    if (isThere(namespace)) this.#refused.set(namespace.path, error.message);
  }

  /** Whether {@link report} would give other flows than the last time, or other facts about them. */
  get isChanged(): boolean {
    if (this.#departed.size > 0) return true;
    return [...this.#tracked.values()].some(({ table }) => table.isChanged);
  }

  /** The flows that the next report shows, by inode. Asking moves on those that are over. */
  report(now: Millis): Map<number, readonly ReportedFlow[]> {
    const flows = new Map<number, readonly ReportedFlow[]>();
    for (const [inode, { table }] of this.#departed) {
      flows.set(inode, table.report(now));
      if (table.size === 0) this.#departed.delete(inode);
    }
    for (const [inode, { table }] of this.#tracked) flows.set(inode, table.report(now));
    return flows;
  }

  counts(): TrackedCounts {
    const sum = { ...this.#past, flows: 0 };
    for (const { overruns, healed, reader, table } of this.#tracked.values()) {
      sum.overruns += overruns;
      sum.healed += healed;
      sum.malformed += reader.malformed;
      sum.flows += table.size;
    }
    return sum;
  }

  /** Closes all readers. */
  close(): void {
    for (const { reader } of this.#tracked.values()) reader.close();
  }

  #track(namespace: NetworkNamespace): void {
    const { reading, wants } = this.#parts;
    try {
      const reader = this.openReader(namespace, reading);
      this.#tracked.set(namespace.inode, new NamespaceFlows(namespace, reader, wants));
    } catch (error) {
      this.refuse(namespace, error);
    }
  }

  #depart(inode: number): void {
    const flows = this.#tracked.get(inode);
    if (flows === undefined) return;
    flows.reader.close();
    flows.table.endAll(this.#parts.context.now());
    this.#past = {
      overruns: this.#past.overruns + flows.overruns,
      malformed: this.#past.malformed + flows.reader.malformed,
      healed: this.#past.healed + flows.healed,
    };
    this.#tracked.delete(inode);
    this.#departed.set(inode, flows);
  }
}
