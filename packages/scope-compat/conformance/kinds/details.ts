import { detailsToJson } from '@ridgeline/scope-compat';
import { detailsForm } from '../api-form.ts';
import type { ConformanceCase } from '../case.ts';
import type { ConformanceFolder, ManifestEntry } from '../folder.ts';
import { type JsonMap, listOf, mapOf, textOf, textsOf } from '../json.ts';
import { sessionOf } from '../session-cache.ts';

/** Asks for the details of a node of a view; null for a request without parameters. */
export type AskDetails = (view: string, node: string, options: JsonMap | null) => unknown;

/** Asks the public engine. */
function askEngine(folder: ConformanceFolder, entry: ManifestEntry): AskDetails {
  return (view, node, options) => {
    const session = sessionOf(folder, entry.input ?? '');
    if (!session.engine.registry.views.has(view)) return undefined;
    return detailsToJson(view, node, session.detailsScope(view, options));
  };
}

/**
 * Nodes one by one.
 *
 * @param ask - who is asked; `undefined` as an answer means that there is no such node
 */
export function detailsCases(
  folder: ConformanceFolder,
  entry: ManifestEntry,
  ask: AskDetails = askEngine(folder, entry),
): readonly ConformanceCase[] {
  const requests = listOf(mapOf(folder.read(entry.file)).requests).map(mapOf);
  const twins = new Map<string, { readonly index: number; readonly request: JsonMap }>();
  if (entry.fixed !== undefined) {
    for (const [index, item] of listOf(mapOf(folder.read(entry.fixed)).requests).entries()) {
      twins.set(keyOf(mapOf(item)), { index, request: mapOf(item) });
    }
  }
  const wrong = wrongPaths(requests);
  return requests.map((flawed, i): ConformanceCase => {
    const twin = twins.get(keyOf(flawed));
    const request = twin?.request ?? flawed;
    const at = twin === undefined ? `${entry.file}:/requests/${i}` : `${entry.fixed}:/requests/${twin.index}`;
    const view = textOf(request.topology);
    const options = request.options === null ? null : mapOf(request.options);
    const answer = (): unknown => {
      const details = ask(view, textOf(request.node), options);
      return details === undefined ? undefined : { node: detailsForm(details) };
    };
    return {
      kind: 'details',
      name: entry.name,
      view,
      part: `${view} ${textOf(request.node)} ${options === null ? 'without parameters' : JSON.stringify(options)}`,
      comparisons: [
        {
          at: `${at}/status`,
          expected: request.status ?? null,
          actual: () => (answer() === undefined ? 404 : 200),
        },
        ...(request.body === undefined
          ? []
          : [
              {
                at: `${at}/body`,
                expected: request.body,
                actual: answer,
                options: {
                  skip: new Set(
                    twin === undefined ? [...skipped(request), ...(wrong.get(nodeKey(request)) ?? [])] : [],
                  ),
                },
              },
            ]),
      ],
    };
  });
}

function skipped(request: JsonMap): readonly string[] {
  return [...textsOf(request.unstable), ...textsOf(request.known_wrong)];
}

/** What is known to be wrong of a node is so whatever the options: the flags were found without parameters. */
function wrongPaths(requests: readonly JsonMap[]): ReadonlyMap<string, readonly string[]> {
  const wrong = new Map<string, readonly string[]>();
  for (const request of requests) {
    const key = nodeKey(request);
    wrong.set(key, [...(wrong.get(key) ?? []), ...textsOf(request.known_wrong)]);
  }
  return wrong;
}

function nodeKey(request: JsonMap): string {
  return JSON.stringify([request.topology, request.node]);
}

function keyOf(request: JsonMap): string {
  return JSON.stringify([request.topology, request.node, request.options]);
}
