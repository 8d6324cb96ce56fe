import {
  type Derivation,
  type DnsNames,
  INCOMING_INTERNET,
  knownServiceId,
  NONE,
  OUTGOING_INTERNET,
  type RenderContext,
  type Sym,
  type Topology,
} from '@ridgeline/core';
import { endpointColumns, hostNodeId, isKnownService, networksOfReport } from '@ridgeline/vocabulary';

/**
 * The pseudo node that each endpoint stands for, as the symbol of its id; {@link NONE} for an endpoint that a host
 * reports, and for one that is neither a known service nor outside the local networks.
 */
export function pseudoNodesOf(endpoints: Topology, context: RenderContext): Int32Array {
  return endpoints === context.topology('endpoint')
    ? context.derive(ofReport)
    : findPseudoNodes(endpoints, context);
}

const ofReport: Derivation<Int32Array> = {
  name: 'pseudo nodes of endpoints',
  derive: (context) => findPseudoNodes(context.topology('endpoint'), context),
};

/** What an address stands for: the symbol of a known service, one of these, or {@link NONE}. */
const EXTERNAL = -2;
const UNKNOWN = -3;

function findPseudoNodes(endpoints: Topology, context: RenderContext): Int32Array {
  const { symbols, size } = endpoints;
  const hosts = endpoints.column(hostNodeId.key);
  const { address } = endpointColumns(endpoints);
  const incoming = symbols.intern(INCOMING_INTERNET);
  const outgoing = symbols.intern(OUTGOING_INTERNET);
  const networks = context.derive(networksOfReport);
  const { dns } = context;
  const verdicts = new Map<Sym, Sym>();
  const judge = (at: Sym): Sym => {
    const text = symbols.text(at);
    const service = knownServiceOf(dns.get(text));
    if (service !== undefined) return symbols.intern(knownServiceId(service));
    return networks.has(text) === false ? EXTERNAL : NONE;
  };
  const found = new Int32Array(size).fill(NONE);
  for (let row = 0; row < size; row++) {
    const at = address[row] as Sym;
    if (hosts[row] !== NONE || at === NONE) continue;
    let verdict = verdicts.get(at) ?? UNKNOWN;
    if (verdict === UNKNOWN) {
      verdict = judge(at);
      verdicts.set(at, verdict);
    }
    if (verdict !== EXTERNAL) found[row] = verdict;
    else found[row] = endpoints.reportedDegree(row) > 0 ? incoming : outgoing;
  }
  return found;
}

/** The known service among the names of an address: names that were asked for before names it answers to. */
function knownServiceOf(names: DnsNames | undefined): string | undefined {
  return names?.forward.find(isKnownService) ?? names?.reverse.find(isKnownService);
}
