import { type Network, parseNetwork } from '@ridgeline/core';
import type { Config } from './config.ts';
import type { ConfigPath } from './config-path.ts';
import { type ExternalGroup, plainDomain } from './external-groups.ts';
import type { Issues, Place } from './issue.ts';

/** Where what is wrong goes. */
export interface ExternalScope {
  readonly issues: Issues;
  readonly placeOf: (path: ConfigPath) => Place;
}

/** Reads external groups; a text of a short list is a network if it looks like one, else a domain. */
export function readExternalGroups(
  external: NonNullable<Config['external']>,
  scope: ExternalScope,
): readonly ExternalGroup[] {
  return Object.entries(external).map(([name, group]) => {
    const networks: Network[] = [];
    const domains: string[] = [];
    const take = (text: string | undefined, path: ConfigPath, as: 'network' | 'domain'): void => {
      if (text === undefined) return;
      const read = as === 'network' ? readNetwork(text, path, scope) : readDomain(text, path, scope);
      if (typeof read === 'string') domains.push(read);
      else if (read !== undefined) networks.push(read);
    };
    const path = ['external', name];
    if (isList(group)) {
      for (const [i, text] of group.entries()) {
        take(text, [...path, i], text !== undefined && looksLikeNetwork(text) ? 'network' : 'domain');
      }
    } else {
      for (const [i, text] of (group.networks ?? []).entries())
        take(text, [...path, 'networks', i], 'network');
      for (const [i, text] of (group.domains ?? []).entries()) take(text, [...path, 'domains', i], 'domain');
    }
    const isEmpty = isList(group)
      ? group.length === 0
      : (group.networks ?? []).length === 0 && (group.domains ?? []).length === 0;
    if (isEmpty) {
      const message = 'a group without networks and domains holds nothing';
      scope.issues.add(scope.placeOf(path), { code: 'bad-value', message });
    }
    if (name.trim() === '') {
      scope.issues.add(scope.placeOf(path), { code: 'bad-name', message: 'a group needs a name' });
    }
    return { name, networks, domains };
  });
}

/** Whether a text is meant as an address or network: no domain ends in a number or holds `:` or `/`. */
function looksLikeNetwork(text: string): boolean {
  return /[:/]/.test(text) || /(?:^|\.)\d+$/.test(text);
}

function readNetwork(
  text: string,
  path: ConfigPath,
  { issues, placeOf }: ExternalScope,
): Network | undefined {
  const network = parseNetwork(text);
  if (network !== undefined) return network;
  const isDomain = DOMAIN.test(text) && !looksLikeNetwork(text);
  issues.add(placeOf(path), {
    code: 'bad-value',
    message: `${JSON.stringify(text)} is no address and no network`,
    suggestion: isDomain ? 'put it under "domains"' : 'write it as 203.0.113.0/24 or 2001:db8::/32',
  });
  return undefined;
}

const DOMAIN = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.?$/i;

function readDomain(text: string, path: ConfigPath, { issues, placeOf }: ExternalScope): string | undefined {
  const bare = text.replace(/^\*?\./, '');
  if (DOMAIN.test(bare) && !looksLikeNetwork(bare)) return plainDomain(bare);
  issues.add(placeOf(path), {
    code: 'bad-value',
    message: `${JSON.stringify(text)} is no DNS name`,
    suggestion: looksLikeNetwork(bare) ? 'put it under "networks"' : 'write it as example.com',
  });
  return undefined;
}

function isList(group: unknown): group is readonly (string | undefined)[] {
  return Array.isArray(group);
}
