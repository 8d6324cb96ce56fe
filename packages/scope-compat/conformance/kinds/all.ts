import type { ConformanceCase } from '../case.ts';
import type { ConformanceFolder, ManifestEntry } from '../folder.ts';
import { decodeCases } from './decode.ts';
import { deltaCases } from './delta.ts';
import { detailsCases } from './details.ts';
import { diffCases } from './diff.ts';
import { mergeCases } from './merge.ts';
import { operatorCases } from './operators.ts';
import { renderCases } from './render.ts';
import { rendererCases } from './renderers.ts';
import { siteCases } from './site.ts';
import { topologyListCases } from './topology-list.ts';

/** Reads the cases of one file of a kind. */
export type KindReader = (folder: ConformanceFolder, entry: ManifestEntry) => readonly ConformanceCase[];

/** All kinds that can be run. A `-fixed` kind is not one of them: it is the truth of its twin. */
export const kinds: ReadonlyMap<string, KindReader> = new Map<string, KindReader>([
  ['decode', decodeCases],
  ['merge', mergeCases],
  ['delta', deltaCases],
  ['render', renderCases],
  ['site', siteCases],
  ['details', (folder, entry) => detailsCases(folder, entry)],
  ['topology-list', (folder, entry) => topologyListCases(folder, entry)],
  ['diff', diffCases],
  ['renderers', rendererCases],
  ['operators', operatorCases],
]);
