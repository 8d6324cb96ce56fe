import { createRidgeline } from '@ridgeline/runtime';
import type { ConformanceCase } from '../../scope-compat/conformance/case.ts';
import type { ConformanceFolder, ManifestEntry } from '../../scope-compat/conformance/folder.ts';
import { type JsonMap, listOf, mapOf, textOf } from '../../scope-compat/conformance/json.ts';
import { detailsCases } from '../../scope-compat/conformance/kinds/details.ts';
import { topologyListCases } from '../../scope-compat/conformance/kinds/topology-list.ts';
import { builtIn } from '../../scope-compat/conformance/session.ts';
import { startServer } from '../src/index.ts';

/** A parameter that no view knows: with it the defaults of options hold (WIRE.md §3). */
const ANY_PARAMETER = 'x=1';

/** The cases of Scope's API, with the answers of a server that the reports of their input were posted to. */
export async function* httpCases(
  folder: ConformanceFolder,
  name: string | undefined,
): AsyncGenerator<ConformanceCase> {
  for (const entry of folder.entries) {
    if (name !== undefined && entry.name !== name) continue;
    if (entry.kind === 'details') yield* await withServer(folder, entry, detailsOverHttp);
    else if (entry.kind === 'topology-list') yield* await withServer(folder, entry, listsOverHttp);
  }
}

type Reader = (
  url: string,
  folder: ConformanceFolder,
  entry: ManifestEntry,
) => Promise<readonly ConformanceCase[]>;

async function withServer(
  folder: ConformanceFolder,
  entry: ManifestEntry,
  read: Reader,
): Promise<readonly ConformanceCase[]> {
  // It is not started: nothing that was posted grows old while it is asked about.
  const ridgeline = createRidgeline({ plugins: [builtIn] });
  const server = await startServer({ ridgeline, listen: { host: '127.0.0.1', port: 0 } });
  try {
    for (const report of folder.reports(entry.input ?? '')) {
      const answer = await fetch(`${server.url}/api/report`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(report),
      });
      if (answer.status !== 200) throw new Error(`a report was refused: ${await answer.text()}`);
    }
    return await read(server.url, folder, entry);
  } finally {
    await server.close();
  }
}

/** Asks before anything is compared: comparisons wait for nothing. */
const detailsOverHttp: Reader = async (url, folder, entry) => {
  const answers = new Map<string, unknown>();
  for (const item of listOf(mapOf(folder.read(entry.file)).requests)) {
    const request = mapOf(item);
    const options = request.options === null ? null : mapOf(request.options);
    const path = `/api/topology/${encodeURIComponent(textOf(request.topology))}/${encodeURIComponent(textOf(request.node))}`;
    const answer = await fetch(url + path + queryOf(options));
    const key = JSON.stringify([request.topology, request.node, options]);
    if (answer.status === 200) answers.set(key, mapOf(await answer.json()).node);
    else if (answer.status !== 404) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    else await answer.text();
  }
  return detailsCases(folder, entry, (view, node, options) =>
    answers.get(JSON.stringify([view, node, options])),
  );
};

const listsOverHttp: Reader = async (url, folder, entry) => {
  const answers = new Map<string, readonly unknown[]>();
  for (const item of listOf(mapOf(folder.read(entry.file)).requests)) {
    const query = textOf(mapOf(item).query);
    const answer = await fetch(`${url}/api/topology${query === '' ? '' : `?${query}`}`);
    answers.set(query, listOf(await answer.json()));
  }
  return topologyListCases(folder, entry, (query) => answers.get(query) ?? []);
};

function queryOf(options: JsonMap | null): string {
  if (options === null) return '';
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(options)) parameters.append(key, textOf(value));
  return `?${parameters.size === 0 ? ANY_PARAMETER : parameters.toString()}`;
}
