import { NONE, type Sym, type Topology } from '@ridgeline/core';
import { HOST_TAG, hostNodeId, pid } from '@ridgeline/vocabulary';
import { findAmbiguous } from './ambiguous.ts';

/**
 * The process that owns each endpoint, as the symbol of its id; {@link NONE} where no pid or host is reported, or
 * the pid cannot be trusted.
 *
 * @remarks One text is made for each distinct (host, pid), none for an endpoint.
 */
export function processesOfEndpoints(endpoints: Topology): Int32Array {
  const { symbols, size } = endpoints;
  const hosts = endpoints.column(hostNodeId.key);
  const pids = endpoints.column(pid.key);
  const ambiguous = findAmbiguous(endpoints);
  const byHost = new Map<Sym, { readonly part: string; readonly byPid: Map<Sym, Sym> }>();
  const owners = new Int32Array(size).fill(NONE);
  for (let row = 0; row < size; row++) {
    const host = hosts[row] as Sym;
    const number = pids[row] as Sym;
    if (host === NONE || number === NONE || ambiguous[row] === 1) continue;
    let known = byHost.get(host);
    if (known === undefined) {
      known = { part: hostPart(symbols.text(host)), byPid: new Map() };
      byHost.set(host, known);
    }
    if (known.part === '') continue;
    let owner = known.byPid.get(number);
    if (owner === undefined) {
      owner = symbols.intern(`${known.part};${symbols.text(number)}`);
      known.byPid.set(number, owner);
    }
    owners[row] = owner;
  }
  return owners;
}

/** The host in the id of a host, still written as in ids; empty when it is no such id. */
function hostPart(id: string): string {
  if (!id.endsWith(HOST_TAG)) return '';
  const part = id.slice(0, -HOST_TAG.length);
  return part.includes(';') ? '' : part;
}
