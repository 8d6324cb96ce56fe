import { type NodeReader, unescapePart } from '@ridgeline/core';
import { hostNodeId } from '../attributes/common.ts';

/** How ids of hosts end. */
export const HOST_TAG = ';<host>';

/** The name of the host that a node says it is on; empty when it says none, or says it in another form. */
export function hostOf(node: NodeReader): string {
  return unescapePart(hostPartOf(node));
}

/** As {@link hostOf}, still written as in ids. */
export function hostPartOf(node: NodeReader): string {
  const id = node.get(hostNodeId);
  if (id === undefined || !id.endsWith(HOST_TAG)) return '';
  const host = id.slice(0, -HOST_TAG.length);
  return host.includes(';') ? '' : host;
}

/** The part of an id before its first `;`, still written as in ids. */
export function firstPart(id: string): string {
  const end = id.indexOf(';');
  return end < 0 ? id : id.slice(0, end);
}
