export type {
  AnyPluginFactory,
  ChainEntry,
  Config,
  ConfigFilter,
  DerivedViewConfig,
  ExternalGroupConfig,
  HideConfig,
  HideEntry,
  NamedFilterConfig,
  ParameterConfig,
  PluginEntry,
  PluginUse,
  PolicyConfig,
  RedactConfig,
  RolesConfig,
  ViewConfig,
} from './config.ts';
export { defineConfig } from './define-config.ts';
export { type ExternalGroup, nameExternalGroups } from './external-groups.ts';
export {
  type FilterFault,
  FilterReader,
  faultExcerpt,
  faultSentence,
  type ReadClause,
} from './filter-reader.ts';
export { configNames } from './find-config.ts';
export { type ConfigIssue, type ConfigIssueCode, formatConfigIssue } from './issue.ts';
export { configJsonSchema } from './json-schema.ts';
export { type ConfigOutcome, type LoadConfigOptions, type LoadedConfig, loadConfig } from './load-config.ts';
export {
  loadRuntimeConfig,
  offeredSources,
  type RuntimeConfig,
  type RuntimeConfigOutcome,
} from './load-runtime-config.ts';
export { filtersTable, optionsTable } from './options-table.ts';
export { type PrintedConfig, type PrintedPlace, printConfig, printConfigJson } from './print-config.ts';
export type { NamedPolicy, PolicyRole } from './resolve-policies.ts';
export type { OfferedSource } from './resolve-sources.ts';
export { configSchema } from './schema.ts';
