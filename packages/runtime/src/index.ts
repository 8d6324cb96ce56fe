export { isRecording, openRecorder, type Recorder, readRecording } from '@ridgeline/source-replay';
export {
  type BuiltinSource,
  builtinPlugins,
  builtinSources,
  conntrackPlugin,
  ebpfPlugin,
  filtersPlugin,
  procfsPlugin,
  renderersPlugin,
  replayPlugin,
  viewingPlugins,
  vocabularyPlugin,
} from './builtin-plugins.ts';
export { createRidgeline, type RuntimeOptions } from './compose.ts';
export type { ConfigFile } from './config/config-file.ts';
export type { ConfigPath } from './config/config-path.ts';
export type { ImportModule, ModuleExports } from './config/import-module.ts';
export * from './config/index.ts';
export type { Place } from './config/issue.ts';
export type { MergedConfig } from './config/merge-configs.ts';
export type { Position, Positions } from './config/positions.ts';
export type { ConfigPlace } from './config/read-configs.ts';
export { describeOptions, type OptionDescription } from './describe-options.ts';
export {
  type ReverseDnsContext,
  type ReverseDnsOptions,
  reverseDns,
  reverseDnsPlugin,
} from './dns/reverse-dns.ts';
export {
  defaultResolverLimits,
  type ResolverLimits,
  type ResolverOptions,
  ReverseResolver,
} from './dns/reverse-resolver.ts';
export { examineMachine, judgeMachine, type MachineFacts } from './doctor/examine-machine.ts';
export type { Finding } from './doctor/finding.ts';
export type { ProcessFacts } from './doctor/machine-facts.ts';
export { Lifecycle, type SignalSource, stopOnSignals } from './lifecycle.ts';
export { type Log, type LogLevel, lineLog, silentLog } from './log.ts';
export { describeSource, logSources } from './log-sources.ts';
export { newEpoch, systemClock, systemHostName } from './system-clock.ts';
