import { badId } from '../errors.ts';

declare const nodeIdBrand: unique symbol;

/**
 * The id of a node, in its wire form (`host;pid`, `4f2a;<container>`, `scope;address;port`).
 *
 * An id means something only together with its topology: `host;12` is a process or, in its topology, an
 * ECS service. Inside a part `;` is written `%3B` and `%` is written `%25`.
 */
export type NodeId = string & { readonly [nodeIdBrand]: 'NodeId' };

/** The name of a topology: `process`, `container`, or any that a plugin defines. */
export type TopologyName = string;

/** How the ids of one topology are made of parts and taken apart again (laws A1, A2). */
export interface IdKind<Parts extends readonly string[]> {
  readonly topology: TopologyName;
  /** @throws RidgelineError `BAD_ID` when a part is not allowed in this kind. */
  encode(...parts: Parts): NodeId;
  /** The parts, or `undefined` when the text is no id of this kind. */
  decode(id: string): Parts | undefined;
}

/** Whether a part is allowed; answers what is wrong with it, or `undefined`. */
export type PartCheck = (part: string) => string | undefined;

/** Takes a text that comes from outside (a wire, a recording) for an id as it stands. */
export function asNodeId(text: string): NodeId {
  return text as NodeId;
}

/** Writes a part so that it holds no separator. */
export function escapePart(part: string): string {
  return part.includes('%') || part.includes(';') ? part.replaceAll('%', '%25').replaceAll(';', '%3B') : part;
}

/** The inverse of {@link escapePart}; any other `%` stays as it is, since foreign ids are not escaped. */
export function unescapePart(text: string): string {
  return text.includes('%') ? text.replaceAll('%3B', ';').replaceAll('%25', '%') : text;
}

/** The parts of an id between its separators, still escaped. */
export function splitId(id: string): string[] {
  return id.split(';');
}

/** Ids of the form `key;<tag>`: one free part and a tag that names the topology. */
export function taggedId(topology: TopologyName, tag: string = topology): IdKind<readonly [key: string]> {
  const suffix = `;<${tag}>`;
  return Object.freeze({
    topology,
    encode: (key: string) => asNodeId(escapePart(key) + suffix),
    decode: (id: string) => {
      if (!id.endsWith(suffix)) return undefined;
      const key = id.slice(0, -suffix.length);
      return key.includes(';') ? undefined : ([unescapePart(key)] as const);
    },
  });
}

/** Ids of the form `a;b;…`: a fixed number of parts, each with its own check. */
export function joinedId<Parts extends readonly string[]>(
  topology: TopologyName,
  checks: { readonly [I in keyof Parts]: PartCheck | undefined },
): IdKind<Parts> {
  const find = (parts: readonly string[]): string | undefined => {
    if (parts.length !== checks.length) return `expected ${checks.length} parts, got ${parts.length}`;
    for (let i = 0; i < checks.length; i++) {
      const problem = checks[i]?.(parts[i] as string);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
  return Object.freeze({
    topology,
    encode: (...parts: Parts) => {
      const problem = find(parts);
      if (problem !== undefined) throw badId(topology, problem, { parts });
      return asNodeId(parts.map(escapePart).join(';'));
    },
    decode: (id: string) => {
      const parts = splitId(id).map(unescapePart);
      return find(parts) === undefined ? (parts as unknown as Parts) : undefined;
    },
  });
}

/** A check for {@link joinedId}: a whole number in decimal digits. */
export const digits: PartCheck = (part: string) =>
  /^[0-9]+$/.test(part) ? undefined : `"${part}" is no whole number`;
