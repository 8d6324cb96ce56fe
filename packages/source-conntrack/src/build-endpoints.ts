import {
  asNodeId,
  type Millis,
  type NodeId,
  type Sym,
  type SymbolTable,
  type Topology,
  TopologyBuilder,
} from '@ridgeline/core';
import {
  boundAt,
  copiesOf,
  copyOf,
  type EndpointScopes,
  endpointPrefix,
  hostId,
  hostNodeId,
} from '@ridgeline/vocabulary';
import { type Flow, type FlowEnd, isDestinationTranslated } from './flow.ts';
import type { ReportedFlow } from './flow-table.ts';
import { translationsOf } from './translations.ts';

/** The name of the source, in reports, facts and configuration. */
export const SOURCE_NAME = 'conntrack';

/** What endpoints are built from. */
export interface EndpointParts {
  readonly host: string;
  readonly symbols: SymbolTable;
  readonly now: Millis;
  /** By inode of the namespace whose tracker told of them. */
  readonly flows: ReadonlyMap<number, readonly ReportedFlow[]>;
  readonly scopes: EndpointScopes;
  /** Which flows are shown as edges. */
  readonly isConnection: (flow: Flow) => boolean;
}

const FLOWS_A_STEP = 128;

/**
 * Builds the endpoints of a report in steps: a row for each translated endpoint with what it is a copy of, and the edges that are
 * asked for.
 *
 * A copy of one endpoint says so in `copy_of`. An address that stands for several by turns, as that of a service does, says so in
 * `copies_of`; each of its flows is then an edge from the client to the server that it got, since no renderer could tell.
 * An address that several clients share, with one port to different servers, is a copy of none: silence beats a wrong edge.
 */
export function* buildEndpoints(parts: EndpointParts): Generator<void, Topology, void> {
  const { symbols, scopes, host, now } = parts;
  const builder = new TopologyBuilder('endpoint', symbols, now);
  const hostKey = symbols.intern(hostNodeId.key);
  const hostValue = symbols.intern(hostNodeId.encode(hostId.encode(host)));
  const ids = new EndpointIds(symbols, scopes);
  const originals = new Map<Sym, Set<Sym>>();
  const servers = new Set<Sym>();
  let count = 0;

  const rowOf = (id: Sym, isHere: boolean): number => {
    const row = builder.rowOfSymbol(id);
    if (isHere) builder.setSymbol(row, hostKey, hostValue);
    return row;
  };

  for (const [namespace, flows] of parts.flows) {
    for (const { flow } of flows) {
      if (++count % FLOWS_A_STEP === 0) yield;
      for (const { copy, original } of translationsOf(flow)) {
        const copyId = ids.of(namespace, copy, flow);
        const originalId = ids.of(namespace, original, flow);
        if (copyId === originalId) continue; // translated from one namespace to another, and the ids meet anyway
        const known = originals.get(copyId);
        if (known === undefined) originals.set(copyId, new Set([originalId]));
        else known.add(originalId);
        if (copy === flow.destination) servers.add(copyId);
        rowOf(copyId, ids.isHere(namespace, copy.address) || ids.isHere(namespace, original.address));
      }
    }
  }
  const copyKey = symbols.intern(copyOf.key);
  const boundKey = symbols.intern(boundAt.key);
  const copiesKey = symbols.intern(copiesOf.key);
  for (const [copyId, of] of originals) {
    if (++count % FLOWS_A_STEP === 0) yield;
    const row = builder.rowOfSymbol(copyId);
    if (of.size === 1) for (const original of of) builder.setSymbol(row, copyKey, original);
    else if (servers.has(copyId)) for (const original of of) builder.addSymbol(row, copiesKey, original);
  }

  for (const [namespace, flows] of parts.flows) {
    for (const reported of flows) {
      if (++count % FLOWS_A_STEP === 0) yield;
      const { flow } = reported;
      if (flow.protocol === 'udp') {
        // Sockets of UDP are seldom connected: /proc and the like know them by their port alone.
        for (const end of [flow.source, flow.replySource]) {
          const socket = ids.anyAddressOf(namespace, end, flow);
          if (socket === undefined) continue;
          builder.setSymbol(rowOf(ids.of(namespace, end, flow), true), boundKey, socket);
        }
      }
      if (!reported.isShown) continue;
      const isShared =
        isDestinationTranslated(flow) &&
        (originals.get(ids.of(namespace, flow.destination, flow))?.size ?? 0) > 1;
      if (!isShared && !parts.isConnection(flow)) continue;
      const [client, server] = isShared
        ? ([flow.source, flow.replySource] as const)
        : viewOf(flow, ids.isHere(namespace, flow.source.address));
      const row = rowOf(ids.of(namespace, client, flow), ids.isHere(namespace, client.address));
      const serverId = ids.of(namespace, server, flow);
      rowOf(serverId, ids.isHere(namespace, server.address));
      builder.edgeSymbol(row, serverId, {
        source: SOURCE_NAME,
        firstSeen: reported.firstSeen,
        lastSeen: Math.max(reported.firstSeen, reported.lastSeen),
        connections: 1,
        bytesOut: flow.sentBytes ?? 0,
        bytesIn: flow.receivedBytes ?? 0,
        guessed: false,
      });
    }
  }
  return builder.build();
}

/**
 * The ends of a flow as the end on this host sees them: then the edge is the one that other sources see there, and gathers the
 * evidence of all. A flow that only passes through is told as the server sees it.
 */
function viewOf(flow: Flow, isClientHere: boolean): readonly [client: FlowEnd, server: FlowEnd] {
  return isClientHere ? [flow.source, flow.destination] : [flow.replyDestination, flow.replySource];
}

/** What is remembered of an address. */
interface AddressFacts {
  readonly prefix: string;
  /** The namespace of this host that it lives in. */
  readonly livesIn: number | undefined;
  /** The prefix of its namespace's sockets that are bound to any address. */
  readonly anyPrefix: string | undefined;
}

/** Makes symbols of endpoint ids, by parts that are made once for each address. */
class EndpointIds {
  readonly #symbols: SymbolTable;
  readonly #scopes: EndpointScopes;
  readonly #known = new Map<number, Map<string, AddressFacts>>();

  constructor(symbols: SymbolTable, scopes: EndpointScopes) {
    this.#symbols = symbols;
    this.#scopes = scopes;
  }

  of(namespace: number, { address, port }: FlowEnd, flow: Flow): Sym {
    return this.#make(this.#factsOf(namespace, address).prefix, port, flow);
  }

  /** The endpoint of a socket on any address and the same port; `undefined` for an end that is not on this host. */
  anyAddressOf(namespace: number, { address, port }: FlowEnd, flow: Flow): Sym | undefined {
    const { anyPrefix } = this.#factsOf(namespace, address);
    return anyPrefix === undefined ? undefined : this.#make(anyPrefix, port, flow);
  }

  /** Whether an address lives on this host. */
  isHere(namespace: number, address: string): boolean {
    return this.#factsOf(namespace, address).livesIn !== undefined;
  }

  #make(prefix: string, port: number, { protocol }: Flow): Sym {
    const id: NodeId = asNodeId(`${prefix}${port}${protocol === 'udp' ? ';udp' : ''}`);
    return this.#symbols.intern(id);
  }

  #factsOf(namespace: number, address: string): AddressFacts {
    let addresses = this.#known.get(namespace);
    if (addresses === undefined) {
      addresses = new Map();
      this.#known.set(namespace, addresses);
    }
    let facts = addresses.get(address);
    if (facts === undefined) {
      const scopes = this.#scopes;
      const livesIn = scopes.locate(namespace, address);
      const any = address.includes(':') ? '::' : '0.0.0.0';
      facts = {
        prefix: endpointPrefix(scopes.scopeOf(livesIn, address, namespace), address),
        livesIn,
        anyPrefix:
          livesIn === undefined ? undefined : endpointPrefix(scopes.scopeOf(livesIn, any, livesIn), any),
      };
      addresses.set(address, facts);
    }
    return facts;
  }
}
