import {
  makeReport,
  NO_TEMPLATES,
  type Report,
  type TopologyDefinition,
  type TopologyTemplates,
} from '@ridgeline/core';
import { topologies } from '@ridgeline/vocabulary';
import { scopeTopologies } from './wire/topology-names.ts';

/**
 * The topologies as Scope knows them: how nodes look is built in, what is shown of them (metadata, metrics, tables,
 * controls) comes with each report.
 */
export const scopeDefinitions: readonly TopologyDefinition[] = Object.freeze(
  topologies.map((definition) => Object.freeze({ ...definition, templates: looksOf(definition.templates) })),
);

function looksOf({ shape, tag, label, labelPlural }: TopologyTemplates): TopologyTemplates {
  return {
    ...NO_TEMPLATES,
    ...(shape === undefined ? {} : { shape }),
    ...(tag === undefined ? {} : { tag }),
    ...(label === undefined ? {} : { label }),
    ...(labelPlural === undefined ? {} : { labelPlural }),
  };
}

/** The report with the built-in looks of Scope's topologies, which no report overrides (RULES.md §2). */
export function withBuiltInLooks(report: Report): Report {
  const templates = new Map(report.templates);
  const names = new Set(scopeTopologies.map(([, name]) => name));
  for (const { name, templates: looks } of scopeDefinitions) {
    // Scope has no look for endpoints and namespaces: it never shows them by themselves.
    if (!names.has(name) || looks.shape === undefined) continue;
    const { metadata, metrics, tables, controls } = templates.get(name) ?? NO_TEMPLATES;
    templates.set(name, { ...looks, metadata, metrics, tables, controls });
  }
  return makeReport({ ...report, topologies: report.topologies.values(), templates });
}
