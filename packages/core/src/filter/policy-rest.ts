import type { TopologyName } from '../ids/node-id.ts';
import { readNode } from '../model/node-reader.ts';
import type { DnsNames, Report, Window } from '../model/report.ts';
import type { Topology } from '../model/topology.ts';
import type { PolicyRules, ReadWords } from './policy-rules.ts';

/** What a report says beside its topologies. */
type Rest = Pick<Report, 'window' | 'dns' | 'lost' | 'sampling' | 'issues' | 'templates' | 'plugins'>;

/**
 * What a report says beside its topologies, as far as what is visible accounts for it. Counts of all hosts and words about
 * anything are not told at all. Where hosts can be hidden, neither is what a foreign probe says of itself, and the time is
 * that of the newest visible value: a report that changed nothing visible must not move it.
 *
 * @param visible - the topologies that are left
 */
export function restOf(
  report: Report,
  visible: readonly Topology[],
  { addresses, hosts }: PolicyRules,
  hidesHosts: boolean,
): Rest {
  const known = visibleWords(visible, addresses);
  const seen = hidesHosts ? visibleWords(visible, hosts) : undefined;
  const dns = [...report.dns].filter(([address]) => known.has(address));
  const left = new Set(visible.map(({ name }) => name));
  const templates = seen === undefined ? [...report.templates].filter(([name]) => left.has(name)) : [];
  return {
    window: seen === undefined ? report.window : newest(visible),
    dns: dns.length === report.dns.size ? report.dns : new Map<string, DnsNames>(dns),
    lost: seen === undefined ? report.lost : report.lost.filter(({ host }) => seen.has(host)),
    sampling: new Map(),
    issues: [],
    templates: new Map(templates),
    plugins: seen === undefined ? report.plugins : new Map(),
  };
}

/** What nodes say in words, by topology. */
export function visibleWords(
  topologies: Iterable<Topology>,
  readers: ReadonlyMap<TopologyName, ReadWords>,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const topology of topologies) {
    const read = readers.get(topology.name);
    for (let row = 0; read !== undefined && row < topology.size; row++)
      for (const text of read(readNode(topology, row))) found.add(text);
  }
  return found;
}

/** The instant of the newest value; of none, that of the empty report. */
function newest(topologies: readonly Topology[]): Window {
  let to = Number.NEGATIVE_INFINITY;
  for (const { symbols, columns } of topologies) {
    const instants = new Set<number>([...columns.latest.time, ...columns.metrics.time]);
    for (const instant of instants) to = Math.max(to, symbols.millisOf(instant));
  }
  return { from: Number.isFinite(to) ? to : Number.POSITIVE_INFINITY, to };
}
