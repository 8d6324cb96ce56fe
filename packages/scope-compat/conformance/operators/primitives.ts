import { parseNetwork } from '@ridgeline/core';
import { detailsToJson, parseNodePath, stripArguments } from '@ridgeline/scope-compat';
import {
  containerImageId,
  containingNetwork,
  imageNameWithoutTag,
  imageTagOf,
  isKnownService,
  isLoopback,
  isPauseImage,
  NetworkSet,
  parseAddress,
} from '@ridgeline/vocabulary';
import type { Comparison, ConformanceCase } from '../case.ts';
import type { ManifestEntry } from '../folder.ts';
import { type Json, type JsonMap, listOf, mapOf, textOf, textsOf } from '../json.ts';
import { Session } from '../session.ts';
import { readId, remakeId } from './ids.ts';

/** Small rules, each by its key in the file. */
export function primitiveCases(entry: ManifestEntry, file: JsonMap): readonly ConformanceCase[] {
  return [...RULES].flatMap(([key, rule]) =>
    rule(file[key] ?? null).map(({ part, comparisons }) => ({
      kind: 'operators',
      name: entry.name,
      part: `${key} ${part}`,
      comparisons: comparisons.map((one) => ({ ...one, at: `${entry.file}:/${key}${one.at}` })),
    })),
  );
}

interface PrimitiveCase {
  readonly part: string;
  readonly comparisons: readonly Comparison[];
}

const RULES: ReadonlyMap<string, (data: Json) => readonly PrimitiveCase[]> = new Map([
  ['containingIPv4Network', (data) => eachItem(data, 'network', (item) => covering(textsOf(item.ips)))],
  ['images', (data) => eachEntry(data, imageOf)],
  ['isKnownService', (data) => eachEntry(data, isKnownService)],
  ['isLoopback', (data) => eachEntry(data, isLoopback)],
  ['makeIds', (data) => eachEntry(data, (key, expected) => remakeId(key, textOf(expected)))],
  ['matchNodePath', nodePaths],
  ['metricRows', (data) => eachItem(data, 'row', metricRowOf)],
  ['networks', networks],
  ['parseIds', parsedIds],
  ['stripCommandArgs', (data) => eachEntry(data, stripArguments)],
]);

/** A map from what a rule is asked to what it answers. */
function eachEntry(data: Json, rule: (key: string, expected: Json) => unknown): readonly PrimitiveCase[] {
  const map = mapOf(data) as Record<string, Json>;
  return Object.keys(map).map((key) => ({
    part: JSON.stringify(key),
    comparisons: [
      {
        // The map itself is what a changed expectation is written into.
        at: '',
        expected: map,
        actual: () => ({ ...map, [key]: rule(key, map[key] as Json) }),
        options: { ignoreKey: (other: string, path: string) => path === '' && other !== key },
      },
    ],
  }));
}

/** A list of questions with their answers under a key. */
function eachItem(data: Json, answer: string, rule: (item: JsonMap) => unknown): readonly PrimitiveCase[] {
  return listOf(data).map((json, i) => {
    const item = mapOf(json);
    return {
      part: String(i),
      comparisons: [{ at: `/${i}/${answer}`, expected: item[answer] ?? null, actual: () => rule(item) }],
    };
  });
}

function covering(ips: readonly string[]): string | null {
  const addresses = ips.map(parseAddress).filter((address) => address !== undefined);
  const network = containingNetwork(addresses);
  return network === undefined ? null : `${network.bytes.join('.')}/${network.bits}`;
}

function imageOf(name: string): JsonMap {
  return {
    imageNodeId: containerImageId.encode(imageNameWithoutTag(name)),
    pause: isPauseImage(name),
    tag: imageTagOf(name),
    withoutTag: imageNameWithoutTag(name),
  };
}

function nodePaths(data: Json): readonly PrimitiveCase[] {
  return listOf(data).map((json, i) => {
    const item = mapOf(json);
    const target = textOf(item.requestURI);
    return {
      part: target,
      comparisons: [
        {
          at: `/${i}/match`,
          expected: item.match ?? null,
          actual: () => parseNodePath(target) !== undefined,
        },
        { at: `/${i}/vars`, expected: item.vars ?? null, actual: () => parseNodePath(target) ?? null },
      ],
    };
  });
}

/** A host with the metric, looked at through its details. */
function metricRowOf(item: JsonMap): unknown {
  const { id = '', label = '', priority = 0, samples = null, min = 0, max = 0 } = mapOf(item.row);
  const name = textOf(id);
  const document: JsonMap = {
    Host: {
      nodes: { 'h;<host>': { id: 'h;<host>', topology: 'host', metrics: { [name]: { samples, min, max } } } },
      metric_templates: { [name]: { id, label, priority } },
    },
  };
  const session = new Session([document]);
  const details = detailsToJson('hosts', 'h;<host>', session.detailsScope('hosts', null));
  return listOf(details?.metrics)[0];
}

function networks(data: Json): readonly PrimitiveCase[] {
  return listOf(data).map((json, i) => {
    const item = mapOf(json);
    const parsed = textsOf(item.cidrs).map((text) => (text.includes('/') ? parseNetwork(text) : undefined));
    const set = new NetworkSet(parsed.filter((network) => network !== undefined));
    const addresses = Object.keys(mapOf(item.contains));
    return {
      part: JSON.stringify(item.cidrs),
      comparisons: [
        {
          at: `/${i}/contains`,
          expected: item.contains ?? null,
          actual: () => Object.fromEntries(addresses.map((address) => [address, set.has(address) ?? null])),
        },
      ],
    };
  });
}

/** The original does not escape what separates parts, so what it reads as a part with a `;` is no id of ours. */
function parsedIds(data: Json): readonly PrimitiveCase[] {
  return listOf(data).map((json, i) => {
    const item = mapOf(json);
    const id = textOf(item.id);
    const comparisons = Object.entries(item)
      .filter(([name]) => name !== 'id')
      .filter(
        ([name, parts]) =>
          name === 'generic' || name === 'pseudo' || !textsOf(parts).some((part) => part.includes(';')),
      )
      .map(([name, expected]) => ({ at: `/${i}/${name}`, expected, actual: () => readId(name, id) }));
    return { part: JSON.stringify(id), comparisons };
  });
}
