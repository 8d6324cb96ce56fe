import { asNodeId, type NodeId } from './node-id.ts';

/** The topology of nodes that no source reports: the Internet, known services, "uncontained", "unmanaged". */
export const PSEUDO = 'pseudo';

/** Where connections from outside come from. */
export const INCOMING_INTERNET: NodeId = asNodeId('in-theinternet');

/** Where connections to the outside go. */
export const OUTGOING_INTERNET: NodeId = asNodeId('out-theinternet');

const SERVICE_PREFIX = 'service-';

/** A service outside that is known by its DNS name. */
export function knownServiceId(name: string): NodeId {
  return asNodeId(SERVICE_PREFIX + name);
}

/** The name of a known service, or `undefined` for any other id. */
export function knownServiceName(id: string): string | undefined {
  return id.startsWith(SERVICE_PREFIX) ? id.slice(SERVICE_PREFIX.length) : undefined;
}

/** A pseudo node that gathers what has no parent: `pseudo:uncontained:<host>`. */
export function gatheringId(what: string, of: string): NodeId {
  return asNodeId(`pseudo:${what}:${of}`);
}

/** What a gathering pseudo node gathers, and of whom; `undefined` for any other id. */
export function decodeGatheringId(id: string): { readonly what: string; readonly of: string } | undefined {
  if (!id.startsWith('pseudo:')) return undefined;
  const colon = id.indexOf(':', 7);
  return colon < 0 ? undefined : { what: id.slice(7, colon), of: id.slice(colon + 1) };
}

/** Whether the id is one of the two Internet nodes. */
export function isInternet(id: string): boolean {
  return id === INCOMING_INTERNET || id === OUTGOING_INTERNET;
}
