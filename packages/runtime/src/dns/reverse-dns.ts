import { Resolver } from 'node:dns/promises';
import {
  type DnsNames,
  definePlugin,
  defineSource,
  makeReport,
  type PluginFactory,
  type Report,
  type SourceContext,
  type SourceDef,
  type SourceUse,
} from '@ridgeline/core';
import { readEndpointId } from '@ridgeline/vocabulary';
import { Observable } from 'rxjs';
import * as z from 'zod';
import { ReverseResolver } from './reverse-resolver.ts';

/** What can be set of the source. */
export interface ReverseDnsOptions {
  /** How often names are reported, in milliseconds. */
  readonly every: number;
  /** Questions under way at a time. */
  readonly concurrency: number;
}

const reverseDnsOptions: z.ZodType<ReverseDnsOptions> = z.strictObject({
  every: z
    .number()
    .int()
    .min(100)
    .max(600_000)
    .default(5000)
    .describe('how often names are reported, in milliseconds'),
  concurrency: z
    .number()
    .int()
    .min(1)
    .max(64)
    .default(4)
    .describe('how many addresses are asked for at a time'),
});

/** What the source asks of the process it runs in. */
export interface ReverseDnsContext {
  /** The joined report, whose addresses are looked up. */
  readonly report: () => Report;
  /** Asks for the names of an address; left out: the system's name servers are asked. */
  readonly ask?: (address: string) => Promise<readonly string[]>;
}

/** How long a name server may take. */
const TIMEOUT_MILLIS = 2000;

/**
 * Names of the addresses that are on the map, from name servers. Off unless it is asked for: it tells name servers whom this machine
 * talks to.
 */
export function reverseDns(within: ReverseDnsContext): SourceDef<ReverseDnsOptions> {
  return defineSource<ReverseDnsOptions>({
    name: 'reverse-dns',
    description: 'names of addresses, asked from name servers',
    produces: [],
    options: reverseDnsOptions,
    interval: ({ every }) => every,
    connect: (options, context) =>
      new Observable<Report>((subscriber) => {
        const system = new Resolver({ timeout: TIMEOUT_MILLIS, tries: 1 });
        const resolver = new ReverseResolver({
          ask: within.ask ?? ((address) => system.reverse(address)),
          monotonic: () => context.monotonic(),
          limits: { concurrency: options.concurrency },
        });
        const tell = (): void => {
          const report = reportNames(within.report(), resolver, context);
          if (report !== undefined) subscriber.next(report);
        };
        context.notify({ state: 'running' });
        const timer = setInterval(tell, options.every);
        return () => {
          clearInterval(timer);
          resolver.close();
          system.cancel();
        };
      }),
  });
}

/** {@link reverseDns} as a plugin. */
export function reverseDnsPlugin(within: ReverseDnsContext): PluginFactory {
  return definePlugin({
    name: 'reverse-dns',
    options: reverseDnsOptions,
    contribute: (options) => ({
      sources: [{ def: reverseDns(within), options } as unknown as SourceUse<never>],
    }),
  });
}

/** The names of all addresses of a report that are known by now; `undefined` before anything was reported. */
function reportNames(seen: Report, resolver: ReverseResolver, context: SourceContext): Report | undefined {
  if (!Number.isFinite(seen.window.to)) return undefined;
  const dns = new Map<string, DnsNames>();
  for (const address of addressesOf(seen)) {
    const reverse = resolver.names(address);
    if (reverse.length > 0) dns.set(address, { forward: [], reverse });
  }
  context.notify({ state: 'running', facts: { names: dns.size, pending: resolver.pending } });
  return makeReport({ symbols: context.symbols(), window: seen.window, topologies: [], dns });
}

/** The addresses of endpoints that mean the same to a name server as to this machine, ascending. */
function addressesOf(report: Report): readonly string[] {
  const endpoints = report.topologies.get('endpoint');
  const addresses = new Set<string>();
  for (let row = 0; row < (endpoints?.size ?? 0); row++) {
    const parts = readEndpointId(endpoints?.idOf(row) ?? '');
    // A scoped address is one of this host's own networks: loopback, link-local, a container bridge.
    if (parts !== undefined && parts.scope === '') addresses.add(parts.address);
  }
  return [...addresses].sort();
}
